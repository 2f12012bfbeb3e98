package dev.banyan.siblings;

import module java.base;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;

/// A store method whose first parameter is its owner.
record Question(String key, String name, Method method, Constructor<?> store, Method tx, List<OwnerPart> parts) {

    private static final Map<String, Question> KNOWN = new ConcurrentHashMap<>();

    /// @param signature the method's name and descriptor
    static Question of(Class<?> store, String signature) {
        // A store loaded by another class loader is a different class.
        String key = System.identityHashCode(store.getClassLoader()) + store.getName() + "." + signature;
        return KNOWN.computeIfAbsent(key, _ -> {
            try {
                int name = signature.indexOf('(');
                var types = MethodType.fromMethodDescriptorString(signature.substring(name), store.getClassLoader());
                Method method = method(store, signature.substring(0, name), types.parameterArray());
                Class<?> transaction = store.getClassLoader().loadClass("dev.banyan.platform.db.Tx");
                Constructor<?> made = store.getDeclaredConstructor(transaction);
                Method begun = transaction.getDeclaredMethod("writing", DSLContext.class);
                method.setAccessible(true);
                made.setAccessible(true);
                begun.setAccessible(true);
                return new Question(
                        key,
                        store.getSimpleName() + "." + method.getName(),
                        method,
                        made,
                        begun,
                        OwnerPart.of(method, store));
            } catch (ReflectiveOperationException failure) {
                throw new AssertionError(store + " is not made of a transaction alone, as every store", failure);
            }
        });
    }

    /// Finds a method of the store, or of one that it extends.
    private static Method method(Class<?> store, String name, Class<?>[] types) throws NoSuchMethodException {
        try {
            return store.getDeclaredMethod(name, types);
        } catch (NoSuchMethodException none) {
            if (store.getSuperclass() == null) {
                throw none;
            }
            return method(store.getSuperclass(), name, types);
        }
    }

    /// Returns whether the asked store is of this class or extends it.
    boolean isOf(String simpleName) {
        return Stream.<Class<?>>iterate(store.getDeclaringClass(), Objects::nonNull, Class::getSuperclass)
                .anyMatch(type -> type.getSimpleName().equals(simpleName));
    }

    /// Calls a new store of the same kind.
    Answer ask(DSLContext sql, Object[] arguments) {
        var statements = new Statements();
        DSLContext heard = DSL.using(sql.configuration().derive(new DefaultExecuteListenerProvider(statements)));
        var told = new ArrayList<>();
        Object[] given = Arrays.stream(arguments)
                .map(argument -> argument instanceof Consumer<?> ? (Consumer<Object>) told::add : argument)
                .toArray();
        try {
            Object result = method.invoke(store.newInstance(tx.invoke(null, heard)), given);
            return new Answer(
                    Optional.empty(),
                    told.isEmpty() ? result : List.of(told),
                    statements.changed(),
                    statements.inserted(),
                    statements.onlyInserts());
        } catch (InvocationTargetException failure) {
            return new Answer(
                    Optional.ofNullable(failure.getCause()),
                    "",
                    statements.changed(),
                    statements.inserted(),
                    statements.onlyInserts());
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }
}
