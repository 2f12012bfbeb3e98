package dev.banyan.siblings;

import module java.base;
import java.lang.StackWalker.StackFrame;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/// Intercepts calls from stores woven by [StoreWeaver] to jOOQ: records each condition on an owner's column, and leaves
/// one out when told to. So mutants need no compiler.
public final class OwnerConditions {

    private static final Set<String> COLUMNS = Set.of(
            "tenant_id",
            "account_id",
            "parent_id",
            "scope_id",
            "active_account_id",
            "home_account_id",
            "identity_id",
            "project_id",
            "sub_client_id");

    /// A condition in a store method that is called from outside.
    ///
    /// @param method such as `CannedReplyStore.list`
    /// @param place position in the source, such as `CannedReplyStore:88`, with a number if a line has several
    /// @param column such as `canned_replies.sub_client_id`
    /// @param join whether two columns are compared, instead of a column and a value
    record Place(String method, String place, String column, boolean join) {}

    private static final Map<Field<?>, String> COLUMN_NAMES = new ConcurrentHashMap<>();
    private static final ThreadLocal<Set<Place>> SEEN = ThreadLocal.withInitial(HashSet::new);
    private static final ThreadLocal<Optional<Place>> LEFT_OUT = ThreadLocal.withInitial(Optional::empty);

    private OwnerConditions() {}

    /// Returns the conditions created by this thread's questions since the last call.
    static Set<Place> seen() {
        Set<Place> seen = Set.copyOf(SEEN.get());
        SEEN.remove();
        return seen;
    }

    /// Runs work on this thread as if a condition were missing.
    static <T> T without(Place place, Supplier<T> work) {
        LEFT_OUT.set(Optional.of(place));
        try {
            return work.get();
        } finally {
            LEFT_OUT.remove();
        }
    }

    public static <T> Condition eq(Field<T> field, T value, String place) {
        return isLeftOut(field, place, false) ? DSL.trueCondition() : field.eq(value);
    }

    public static <T> Condition eq(Field<T> field, Field<T> other, String place) {
        return isLeftOut(field, place, true) ? DSL.trueCondition() : field.eq(other);
    }

    public static <T> Condition eq(Field<T> field, Select<? extends org.jooq.Record1<T>> other, String place) {
        return isLeftOut(field, place, true) ? DSL.trueCondition() : field.eq(other);
    }

    public static Condition in(Field<?> field, Collection<?> values, String place) {
        return isLeftOut(field, place, false) ? DSL.trueCondition() : field.in(values);
    }

    public static <T> Condition in(Field<T> field, T[] values, String place) {
        return isLeftOut(field, place, false) ? DSL.trueCondition() : field.in(values);
    }

    public static <T> Condition in(Field<T> field, Select<? extends org.jooq.Record1<T>> values, String place) {
        return isLeftOut(field, place, true) ? DSL.trueCondition() : field.in(values);
    }

    private static boolean isLeftOut(Field<?> field, String place, boolean join) {
        Optional<Question> asking = Siblings.asking();
        if (asking.isEmpty() || !COLUMNS.contains(field.getName())) {
            return false;
        }
        var found = new Place(
                entry(asking.get(), place.substring(0, place.indexOf(':'))),
                place,
                COLUMN_NAMES.computeIfAbsent(field, OwnerConditions::nameOf),
                join);
        SEEN.get().add(found);
        return LEFT_OUT.get().filter(found::equals).isPresent();
    }

    private static String nameOf(Field<?> field) {
        return field.toString().replace("\"", "");
    }

    /// Returns the store method called from outside, the outermost one.
    private static String entry(Question asking, String store) {
        return asking.isOf(store) ? asking.name() : StackWalker.getInstance().walk(frames -> entry(frames, store));
    }

    private static String entry(Stream<StackFrame> frames, String store) {
        return store + "."
                + frames.filter(frame -> frame.getClassName().endsWith("." + store)
                                && !frame.getMethodName().contains("$"))
                        .map(StackFrame::getMethodName)
                        .reduce((_, outer) -> outer)
                        .orElse("?");
    }
}
