package dev.banyan.siblings;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.siblings.OwnerConditions.Place;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/// Repeats every call of a store by a test for a sibling, before the store runs: an owner without data, in the same
/// tenant or another one. The sibling must get the result of an empty database, and must change nothing; all its
/// changes are rolled back.
public final class Siblings {

    /// Limit per kind and test class, because tests that fill tables repeat the same calls very often.
    private static final int OF_ONE_KIND = 8;

    /// This many calls without a result count as one, because most find nothing in an empty table.
    private static final int WITHOUT_ANSWER = 8;

    /// Data of another owner that a sibling received.
    ///
    /// @param part such as `CannedReplyStore.list workspace`
    record Leak(String part, String what) {}

    private static final ThreadLocal<Optional<Question>> ASKING = ThreadLocal.withInitial(Optional::empty);
    private static final Map<String, Map<SQLDialect, AtomicInteger>> QUESTIONS = new ConcurrentHashMap<>();
    private static final Map<String, Leak> LEAKS = new ConcurrentSkipListMap<>();
    private static final Set<String> TOLD_APART = ConcurrentHashMap.newKeySet();
    private static final Set<String> ONLY_INSERTS = ConcurrentHashMap.newKeySet();
    private static final Set<String> MORE_THAN_INSERTS = ConcurrentHashMap.newKeySet();
    private static final Set<Place> CONDITIONS = ConcurrentHashMap.newKeySet();
    private static final Set<Place> MISSED = ConcurrentHashMap.newKeySet();

    private Siblings() {}

    /// Starts another test class with new counts.
    static void begin() {
        QUESTIONS.clear();
    }

    static Map<String, Leak> leaks() {
        return new TreeMap<>(LEAKS);
    }

    /// Returns the calls with different results for a sibling and the owner, or for which a missing condition was
    /// detected.
    static Set<String> toldApart() {
        var told = new TreeSet<>(TOLD_APART);
        MISSED.forEach(place -> told.add(place.method()));
        return told;
    }

    /// Returns the calls that only inserted rows, so that there is no condition to remove.
    static Set<String> onlyInserts() {
        var only = new TreeSet<>(ONLY_INSERTS);
        only.removeAll(MORE_THAN_INSERTS);
        return only;
    }

    /// Returns every condition on an owner's column that was part of a call.
    static Set<Place> conditions() {
        return Set.copyOf(CONDITIONS);
    }

    /// Returns those whose removal was detected by a sibling's call.
    static Set<Place> missed() {
        return Set.copyOf(MISSED);
    }

    /// Returns what this thread asks for a sibling, if it does: conditions count then.
    static Optional<Question> asking() {
        return ASKING.get();
    }

    /// Called by woven stores.
    ///
    /// @param signature the method's name and descriptor
    public static void asked(Object store, String signature, Object[] arguments) {
        if (ASKING.get().isPresent()) {
            return;
        }
        Question question = Question.of(store.getClass(), signature);
        if (question.parts().isEmpty()) {
            return;
        }
        DSLContext sql = sqlOf(store);
        AtomicInteger asked = asked(question, sql.dialect());
        if (asked.get() >= OF_ONE_KIND * WITHOUT_ANSWER) {
            return;
        }
        ASKING.set(Optional.of(question));
        try {
            OwnerConditions.seen(); // by siblings of the question before
            Answer own = undone(sql, question, arguments);
            Set<Place> conditions = OwnerConditions.seen();
            CONDITIONS.addAll(conditions);
            question.parts().forEach(part -> ask(sql, question, part, arguments, own, conditions));
            boolean answered = own.differsFrom(onEmpty(sql.dialect(), question, arguments));
            asked.addAndGet(answered ? WITHOUT_ANSWER : 1);
            if (!answered) {
                leaveOut(sql, question, arguments, own, conditions); // the test itself calls for a sibling
            }
        } finally {
            ASKING.remove();
        }
    }

    private static AtomicInteger asked(Question question, SQLDialect dialect) {
        return QUESTIONS
                .computeIfAbsent(question.key(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(dialect, _ -> new AtomicInteger());
    }

    private static void ask(
            DSLContext sql, Question question, OwnerPart part, Object[] arguments, Answer own, Set<Place> conditions) {
        String name = question.name() + " " + part.name();
        Object[] siblings = part.applied(arguments);
        Answer sibling = undone(sql, question, siblings);
        Answer nothing = onEmpty(sql.dialect(), question, siblings);
        (own.insertsOnly() ? ONLY_INSERTS : MORE_THAN_INSERTS).add(question.name());
        if (own.differsFrom(nothing)) {
            TOLD_APART.add(question.name());
        }
        if (sibling.differsFrom(nothing)) {
            LEAKS.putIfAbsent(name, new Leak(name, "got " + sibling + " where an empty database gives " + nothing));
        }
        leaveOut(sql, question, siblings, sibling, conditions);
    }

    private static void leaveOut(
            DSLContext sql, Question question, Object[] arguments, Answer nothing, Set<Place> conditions) {
        for (Place place : conditions) {
            if (!MISSED.contains(place)
                    && OwnerConditions.without(place, () -> undone(sql, question, arguments))
                            .differsFrom(nothing)) {
                MISSED.add(place);
            }
        }
    }

    private static Answer undone(DSLContext sql, Question question, Object[] arguments) {
        run(sql, "SAVEPOINT sibling");
        try {
            return withoutReferences(sql, question, arguments);
        } finally {
            run(sql, "ROLLBACK TO SAVEPOINT sibling");
            run(sql, "RELEASE SAVEPOINT sibling");
        }
    }

    private static Answer onEmpty(SQLDialect dialect, Question question, Object[] arguments) {
        Empty empty = Empty.of(dialect);
        synchronized (empty) { // a single caller runs on its own thread
            return empty.database.write(tx -> tx.undone(withoutReferences(tx.sql(), question, arguments)));
        }
    }

    /// Lets a sibling that doesn't exist have rows until the rollback, so that a method runs completely. PostgreSQL
    /// refuses them at once; SQLite covers the rest.
    private static Answer withoutReferences(DSLContext sql, Question question, Object[] arguments) {
        if (sql.family() != SQLDialect.SQLITE) {
            return question.ask(sql, arguments);
        }
        run(sql, "PRAGMA defer_foreign_keys = ON");
        try {
            return question.ask(sql, arguments);
        } finally {
            run(sql, "PRAGMA defer_foreign_keys = OFF");
        }
    }

    /// Past jOOQ, which compiles three regular expressions for each statement that is plain text.
    private static void run(DSLContext sql, String statement) {
        sql.connection(connection -> {
            try (Statement plain = connection.createStatement()) {
                plain.execute(statement);
            }
        });
    }

    /// Returns what a store, or its word index, sends statements with.
    private static DSLContext sqlOf(Object store) {
        return valueOf(store, "sql")
                .or(() -> valueOf(store, "index").flatMap(index -> valueOf(index, "sql")))
                .map(DSLContext.class::cast)
                .orElseThrow(() -> new AssertionError(
                        store.getClass() + " needs a field DSLContext sql, or WordIndex index, as every store"));
    }

    private static Optional<Object> valueOf(Object holder, String name) {
        return valueOf(holder, name, holder.getClass());
    }

    private static Optional<Object> valueOf(Object holder, String name, Class<?> type) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return Optional.ofNullable(field.get(holder));
        } catch (NoSuchFieldException _) {
            return type.getSuperclass() == null ? Optional.empty() : valueOf(holder, name, type.getSuperclass());
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Databases of both kinds that stay empty.
    private enum Empty {
        SQLITE(TestDatabases.SQLITE),
        POSTGRES(TestDatabases.POSTGRES);

        private final Database database;

        Empty(TestDatabases kind) {
            this.database = kind.newCopy();
        }

        static Empty of(SQLDialect dialect) {
            return valueOf(dialect.family().name());
        }
    }

    /// Returns all calls of a store that take an owner, also those of a store that it extends.
    static List<String> questionsOf(Class<?> store) {
        if (Modifier.isAbstract(store.getModifiers())) {
            return List.of();
        }
        return Stream.<Class<?>>iterate(store, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(Siblings::isAsked)
                .filter(method -> !OwnerPart.of(method, store).isEmpty())
                .map(method -> store.getSimpleName() + "." + method.getName())
                .sorted()
                .distinct()
                .toList();
    }

    private static boolean isAsked(Method method) {
        return (method.getModifiers() & (Modifier.PRIVATE | Modifier.PROTECTED | Modifier.STATIC)) == 0
                && !method.isSynthetic();
    }
}
