package io.interlock.core.object;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All kinds of object on the class path. */
public final class TypeRegistry {

    private static final Map<Integer, ObjectType> TYPES = load();

    private TypeRegistry() {
    }

    /** The kind with this code, if its module is on the class path. */
    public static Optional<ObjectType> byCode(int code) {
        return Optional.ofNullable(TYPES.get(code));
    }

    /** Its name, or the bare number. */
    public static String nameOf(int code) {
        return byCode(code).map(ObjectType::name).orElse("type " + code);
    }

    private static Map<Integer, ObjectType> load() {
        Map<Integer, ObjectType> types = new TreeMap<>();
        for (ObjectTypes module : ServiceLoader.load(ObjectTypes.class, ObjectTypes.class.getClassLoader())) {
            for (ObjectType type : module.types()) {
                if (types.putIfAbsent(type.code(), type) != null) {
                    throw new IllegalStateException("two kinds of object have the code " + type.code());
                }
            }
        }
        return types;
    }
}
