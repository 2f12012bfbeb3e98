package dev.banyan.platform;

import module java.base;

/// The constants of keyed enums by their keys, put together once for each enum: stores read keys with every row.
final class Keys {

    private static final ClassValue<Map<String, Object>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .collect(Collectors.toMap(one -> ((Keyed) one).key(), Function.identity(), (first, _) -> first));
        }
    };

    private Keys() {}

    static Map<String, Object> of(Class<? extends Keyed> type) {
        return KNOWN.get(type);
    }
}
