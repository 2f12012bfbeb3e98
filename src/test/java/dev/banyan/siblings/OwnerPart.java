package dev.banyan.siblings;

import module java.base;

/// One of the ids by which a store method selects an owner: the tenant, its account, the workspace.
///
/// @param name such as `tenant` or `owner.account`
/// @param sibling replaces the id by that of an owner without data
record OwnerPart(String name, int parameter, UnaryOperator<Object> sibling) {

    private static final Set<String> IDS = Set.of("AccountId", "IdentityId", "ProjectId", "WorkspaceId");
    private static final Set<String> OWNERS = Set.of("Owner", "Participant", "SenderKey", "SsoOwner");
    private static final AtomicLong NUMBER = new AtomicLong();

    /// Returns the leading ids of a method; none if it is for all tenants (listed by `ModuleBoundaryTest`). A list of
    /// accounts or people counts only as first parameter: after an owner it selects some of the owner's.
    ///
    /// @param store says what a type variable of the store that it extends is
    static List<OwnerPart> of(Method method, Class<?> store) {
        var parts = new ArrayList<OwnerPart>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            int parameter = i;
            List<OwnerPart> found = in(
                            actual(method.getGenericParameterTypes()[i], store),
                            method.getParameters()[i].getName(),
                            i == 0)
                    .stream()
                    .map(part -> new OwnerPart(part.name(), parameter, part.sibling()))
                    .toList();
            if (found.isEmpty()) {
                break;
            }
            parts.addAll(found);
        }
        return List.copyOf(parts);
    }

    private static Type actual(Type type, Class<?> store) {
        if (!(type instanceof TypeVariable<?> variable)
                || !(store.getGenericSuperclass() instanceof ParameterizedType extended)) {
            return type;
        }
        int at = List.of(((Class<?>) extended.getRawType()).getTypeParameters()).indexOf(variable);
        return at < 0 ? type : extended.getActualTypeArguments()[at];
    }

    Object[] applied(Object[] arguments) {
        Object[] changed = arguments.clone();
        changed[parameter] = sibling.apply(arguments[parameter]);
        return changed;
    }

    private static List<OwnerPart> in(Type type, String name, boolean first) {
        if (type instanceof ParameterizedType several
                && several.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)
                && (first || several.getActualTypeArguments()[0].getTypeName().endsWith("WorkspaceId"))) {
            return in(several.getActualTypeArguments()[0], name, false).stream()
                    .map(part -> new OwnerPart(part.name(), 0, all -> changed((Collection<?>) all, part.sibling())))
                    .toList();
        }
        // The workspace of an owner that may be one.
        if (type instanceof ParameterizedType maybe
                && maybe.getRawType() == Optional.class
                && name.endsWith(".workspace")) {
            return List.of(new OwnerPart(name, 0, _ -> Optional.of(newWorkspace())));
        }
        if (!(type instanceof Class<?> single)) {
            return List.of();
        }
        if (IDS.contains(single.getSimpleName())) {
            return List.of(new OwnerPart(name, 0, _ -> newId(single)));
        }
        if (!OWNERS.contains(single.getSimpleName())) {
            return List.of();
        }
        return Arrays.stream(single.getRecordComponents())
                .flatMap(component -> in(component.getGenericType(), name + "." + component.getName(), false).stream()
                        .map(part -> new OwnerPart(part.name(), 0, row -> with(row, component, part.sibling()))))
                .toList();
    }

    private static Collection<?> changed(Collection<?> all, UnaryOperator<Object> sibling) {
        return all instanceof Set<?>
                ? all.stream().map(sibling).collect(Collectors.toCollection(HashSet::new))
                : all.stream().map(sibling).toList();
    }

    private static Object newId(Class<?> type) {
        Class<?> value = type.getRecordComponents()[0].getType();
        return newRecord(type, value == UUID.class ? UUID.randomUUID() : newWorkspace());
    }

    private static String newWorkspace() {
        return "scl_%013d_siblingab".formatted(9_000_000_000_000L + NUMBER.incrementAndGet());
    }

    private static Object with(Object row, RecordComponent changed, UnaryOperator<Object> sibling) {
        Object[] values = Arrays.stream(row.getClass().getRecordComponents())
                .map(component -> {
                    Object value = valueOf(row, component);
                    return component.getName().equals(changed.getName()) ? sibling.apply(value) : value;
                })
                .toArray();
        return newRecord(row.getClass(), values);
    }

    private static Object valueOf(Object row, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(row);
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Object newRecord(Class<?> type, Object... values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(type + " cannot be made for a sibling", failure);
        }
    }
}
