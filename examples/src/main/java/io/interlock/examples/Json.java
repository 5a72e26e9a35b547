package io.interlock.examples;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** Writes maps, collections, strings, numbers and booleans as JSON, indented by two spaces. */
final class Json {

    private final StringBuilder text = new StringBuilder();

    private Json() {
    }

    static String of(Object value) {
        Json json = new Json();
        json.value(value, "\n");
        return json.text.toString();
    }

    private void value(Object value, String newLine) {
        if (value instanceof Map<?, ?> map) {
            sequence('{', map.entrySet(), '}', newLine);
        } else if (value instanceof Collection<?> list) {
            sequence('[', list, ']', newLine);
        } else if (value == null || value instanceof Boolean || isFinite(value)) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void sequence(char open, Collection<?> elements, char close, String newLine) {
        String inner = newLine + "  ";
        text.append(open);
        for (Iterator<?> i = elements.iterator(); i.hasNext();) {
            text.append(inner);
            element(i.next(), inner);
            text.append(i.hasNext() ? "," : newLine);
        }
        text.append(close);
    }

    private void element(Object element, String newLine) {
        if (element instanceof Map.Entry<?, ?> entry) {
            string(entry.getKey().toString());
            text.append(": ");
            value(entry.getValue(), newLine);
        } else {
            value(element, newLine);
        }
    }

    /** JSON has no infinities and no NaN: those become strings. */
    private static boolean isFinite(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    private void string(String value) {
        text.append('"');
        value.chars().forEach(this::character);
        text.append('"');
    }

    private void character(int c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append((char) c);
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < ' ' || c == 0x7f || Character.isSurrogate((char) c)) {
                    text.append(String.format("\\u%04x", c));
                } else {
                    text.append((char) c);
                }
            }
        }
    }
}
