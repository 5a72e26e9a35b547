package io.interlock.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON as maps, lists, strings, doubles, booleans and null; fails on what is none. */
final class JsonReader {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([\\[\\]{}:,])|\"((?:[^\"\\\\\\p{Cntrl}]|\\\\.)*)\"|"
            + "(-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)|(true|false|null)|\\z)\\s*");

    private final Matcher matcher;
    private int end;

    private JsonReader(String text) {
        matcher = TOKEN.matcher(text);
    }

    static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        reader.next();
        Object value = reader.value();
        if (!reader.matcher.group().isEmpty()) {
            throw new AssertionError("more than one value: " + reader.matcher.group());
        }
        return value;
    }

    /** Goes from the first token of a value to the one after its last. */
    private Object value() {
        if (is("{")) {
            return map();
        } else if (is("[")) {
            return list();
        }
        Object value = scalar();
        next();
        return value;
    }

    private Object scalar() {
        if (matcher.group(2) != null) {
            return matcher.group(2);
        } else if (matcher.group(3) != null) {
            return Double.valueOf(matcher.group(3));
        } else if (matcher.group(4) != null) {
            return matcher.group(4).equals("null") ? null : Boolean.valueOf(matcher.group(4));
        }
        throw new AssertionError("no value at " + matcher.start());
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        next();
        while (!is("}")) {
            String name = (String) scalar();
            next();
            expect(":");
            map.put(name, value());
            endOfElement("}");
        }
        next();
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        next();
        while (!is("]")) {
            list.add(value());
            endOfElement("]");
        }
        next();
        return list;
    }

    private void endOfElement(String close) {
        if (!is(close)) {
            expect(",");
            if (is(close)) {
                throw new AssertionError("nothing after the comma at " + matcher.start());
            }
        }
    }

    private void expect(String mark) {
        if (!is(mark)) {
            throw new AssertionError(mark + " expected at " + matcher.start());
        }
        next();
    }

    private boolean is(String mark) {
        return mark.equals(matcher.group(1));
    }

    private void next() {
        matcher.region(end, matcher.regionEnd());
        if (!matcher.lookingAt()) {
            throw new AssertionError("no JSON at " + end);
        }
        end = matcher.end();
    }
}
