package dev.banyan.siblings;

import module java.base;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// The result of a store method.
///
/// @param changed number of updated or deleted rows
/// @param inserted number of inserted rows
/// @param insertsOnly whether it only inserted rows
record Answer(Optional<Throwable> failure, @Nullable Object result, long changed, long inserted, boolean insertsOnly) {

    /// Returns whether the results differ. A foreign key may refuse one of the two, if a sibling doesn't exist in the
    /// other; that reveals nothing.
    boolean differsFrom(Answer nothing) {
        if (changed > nothing.changed) {
            return true;
        }
        if (isRefused() || nothing.isRefused() || isLess(nothing)) {
            return false;
        }
        if (inserted > nothing.inserted) {
            return true;
        }
        return failure.isPresent() != nothing.failure.isPresent() || !isSame(result, nothing.result);
    }

    /// Compares results; some types have no equals method.
    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return Objects.deepEquals(one, other)
                || one != null
                        && other != null
                        && one.getClass() == other.getClass()
                        && isWithoutEquals(one.getClass())
                        && Arrays.deepEquals(fields(one), fields(other));
    }

    private static boolean isWithoutEquals(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Object[] fields(Object thing) {
        return Arrays.stream(thing.getClass().getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field -> {
                    try {
                        field.setAccessible(true);
                        return field.get(thing);
                    } catch (IllegalAccessException failure) {
                        throw new AssertionError(failure);
                    }
                })
                .toArray();
    }

    /// A refused insert that an empty database would accept, such as a taken name, reveals no data.
    private boolean isLess(Answer nothing) {
        return inserted < nothing.inserted && (result == null || result.equals(false));
    }

    private boolean isRefused() {
        return failure.filter(IntegrityConstraintViolationException.class::isInstance)
                .isPresent();
    }

    @Override
    public String toString() {
        String said = failure.map(Throwable::toString).orElseGet(() -> String.valueOf(result));
        return (said.length() > 300 ? said.substring(0, 300) + "…" : said) + " (" + changed + " rows changed, "
                + inserted + " inserted)";
    }
}
