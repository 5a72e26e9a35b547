package io.interlock.memory;

import io.interlock.memory.ring.RingLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** JDK serialisation behind a filter that knows what to expect. */
final class SerializableCodec<E extends Serializable> implements Codec<E> {

    private static final String PREFIX = "java:";
    private static final int MAX_DEPTH = 1000;
    /** Hash tables ask for the length of their table, which is longer than what is in it. */
    private static final int SPARE_FACTOR = 4;
    private static final int SPARE_LENGTH = 64;

    private final Class<E> type;
    private final Set<Class<?>> admitted = new HashSet<>();
    private final String id;

    SerializableCodec(Class<E> type, Class<?>... alsoAdmitted) {
        this.type = Objects.requireNonNull(type, "type must not be null");
        admit(type);
        for (Class<?> also : alsoAdmitted) {
            admit(Objects.requireNonNull(also, "an admitted class must not be null"));
        }
        this.id = id(type.getName());
    }

    private void admit(Class<?> one) {
        Class<?> element = elementOf(one);
        for (Class<?> c = element; c != null; c = c.getSuperclass()) {
            admitted.add(c);
        }
    }

    /** The end of a name says more than its beginning. */
    private static String id(String className) {
        byte[] name = className.getBytes(StandardCharsets.UTF_8);
        int room = RingLayout.MAX_CODEC_BYTES - PREFIX.length();
        if (name.length <= room) {
            return PREFIX + className;
        }
        String hash = Integer.toHexString(className.hashCode()) + ":";
        int from = className.length() - Math.min(className.length(), (room - hash.length()) / 3);
        return PREFIX + hash + className.substring(from);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void encode(E item, EncodeBuffer out) {
        if (!type.isInstance(item)) {
            throw new ClassCastException("item is of " + item.getClass().getName() + ", expected " + type.getName());
        }
        try (ObjectOutputStream stream = new ObjectOutputStream(out)) {
            stream.writeObject(item);
        } catch (IOException e) {
            throw new IllegalArgumentException("item of " + item.getClass().getName() + " cannot be serialised: "
                    + e, e);
        }
    }

    @Override
    public E decode(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        try (Input input = new Input(new ByteArrayInputStream(bytes))) {
            input.setObjectInputFilter(info -> check(info, bytes.length));
            return type.cast(input.readObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class of the message is not on the class path", e);
        }
    }

    private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info, int messageLength) {
        if (info.depth() > MAX_DEPTH || info.references() > messageLength
                || info.arrayLength() > SPARE_LENGTH + (long) SPARE_FACTOR * messageLength) {
            return ObjectInputFilter.Status.REJECTED;
        }
        Class<?> found = info.serialClass();
        if (found == null) {
            return ObjectInputFilter.Status.UNDECIDED;
        }
        Class<?> element = elementOf(found);
        return element.isPrimitive() || element == String.class || element == Map.Entry.class || admitted.contains(
                element)
                        ? ObjectInputFilter.Status.ALLOWED : ObjectInputFilter.Status.REJECTED;
    }

    private static Class<?> elementOf(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    /** Finds classes where the type of the items was found. */
    private final class Input extends ObjectInputStream {

        Input(InputStream bytes) throws IOException {
            super(bytes);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, type.getClassLoader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }

    @Override
    public String toString() {
        return "Codec[" + id + "]";
    }
}
