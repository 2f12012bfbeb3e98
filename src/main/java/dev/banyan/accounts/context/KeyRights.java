package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Membership;
import dev.banyan.platform.PackedFile;

/// The permissions of keys by noun and verb, and the route of the API that each opens (`rights/keys.txt`): one table
/// for the guard, the descriptions and the docs. A route that is not in it is closed to keys.
///
/// Keys of before hold older names, such as `read:pages`, and programs may go on sending these. An older name means one
/// or more permissions; what is stored stays as it was sent.
public final class KeyRights {

    /// What a key may be allowed to do.
    ///
    /// @param name noun and verb, such as `messages:send`
    /// @param right what the person who made the key must be allowed to do, in the words of LinkToMe's
    ///     contract (3.3)
    /// @param olderNames those that mean it, too
    /// @param use who can have it
    public record Permission(String name, String right, List<String> olderNames, String group, String label, Use use) {}

    /// Which keys can have a permission.
    public enum Use {
        ACCOUNTS,
        /// Only keys of one workspace, as account owners don't read what its users write with the assistant.
        WORKSPACES,
        /// Given no more; keys that have it keep it.
        FORMER
    }

    private record Table(List<Permission> permissions, Map<String, Permission> routes, Map<String, String> closed) {}

    private static final String FILE = "/rights/keys.txt";
    private static final String CLOSED = "# closed: ";
    private static final String NONE = "-";
    private static final Map<String, Use> USES =
            Map.of("For keys of one workspace only", Use.WORKSPACES, "Given no more", Use.FORMER);

    private static final Table TABLE = read();

    /// The permissions that each older name means.
    private static final Map<String, Set<String>> OLDER = TABLE.permissions().stream()
            .flatMap(permission -> permission.olderNames().stream().map(older -> Map.entry(older, permission.name())))
            .collect(Collectors.groupingBy(
                    Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableSet())));

    private static final Map<String, Permission> BY_NAME =
            TABLE.permissions().stream().collect(Collectors.toUnmodifiableMap(Permission::name, Function.identity()));

    private KeyRights() {}

    private static Table read() {
        var permissions = new ArrayList<Permission>();
        var routes = new HashMap<String, Permission>();
        var closed = new LinkedHashMap<String, String>();
        var group = "";
        var reason = Optional.<String>empty();
        for (String line : PackedFile.text(KeyRights.class, FILE).lines().toList()) {
            if (line.startsWith("## ")) {
                group = line.substring(3);
            } else if (line.startsWith(CLOSED)) {
                reason = Optional.of(line.substring(CLOSED.length()));
            } else if (line.startsWith("# ")) {
                reason = Optional.empty();
                permissions.add(permission(line.substring(2), group));
            } else if (!line.isEmpty() && !line.startsWith("//")) {
                boolean twice = reason.isPresent()
                        ? closed.put(line, reason.get()) != null || routes.containsKey(line)
                        : routes.put(line, permissions.getLast()) != null || closed.containsKey(line);
                if (twice) {
                    throw new IllegalStateException(line + " is in " + FILE + " twice");
                }
            }
        }
        return new Table(List.copyOf(permissions), Map.copyOf(routes), Collections.unmodifiableMap(closed));
    }

    private static Permission permission(String head, String group) {
        int label = head.indexOf(": ");
        String[] names = head.substring(0, label).split("; ");
        return new Permission(
                names[0],
                names[1],
                names[2].equals(NONE) ? List.of() : List.of(names[2].split(", ")),
                group,
                head.substring(label + 2),
                USES.getOrDefault(group, Use.ACCOUNTS));
    }

    /// Returns the permissions in the order of the table.
    public static List<Permission> all() {
        return TABLE.permissions();
    }

    /// @param declared method and path as the resource declares it, such as `POST /api/whatsapp/messages`
    /// @return empty if keys of accounts can't use the route
    public static Optional<Permission> ofRoute(String declared) {
        return Optional.ofNullable(TABLE.routes().get(declared)).filter(needed -> needed.use() != Use.WORKSPACES);
    }

    /// Returns the routes with the permission that each needs, of keys of accounts or of one workspace.
    public static Map<String, Permission> routes() {
        return TABLE.routes();
    }

    /// Returns the routes that no key opens, with the reason.
    public static Map<String, String> closed() {
        return TABLE.closed();
    }

    /// Returns whether a word is a permission that keys of accounts can be given, by its name of today or an older one.
    public static boolean isGiven(String word) {
        Set<String> meant = means(word);
        return !meant.isEmpty()
                && meant.stream()
                        .allMatch(name ->
                                Objects.requireNonNull(BY_NAME.get(name)).use() == Use.ACCOUNTS);
    }

    /// Returns the names of today that a word means: itself, or what it meant before; none for others.
    public static Set<String> means(String word) {
        return BY_NAME.containsKey(word) ? Set.of(word) : OLDER.getOrDefault(word, Set.of());
    }

    /// Returns what a key holds: its words, all that these mean, and the older names of it. A name that means more than
    /// the key holds is not among them.
    public static Set<String> held(Collection<String> words) {
        var held = new HashSet<>(words);
        words.forEach(word -> held.addAll(means(word)));
        OLDER.forEach((older, meant) -> {
            if (held.containsAll(meant)) {
                held.add(older);
            }
        });
        return Set.copyOf(held);
    }

    /// The same as far as the member who answers for the key may do it now.
    public static Set<String> held(Collection<String> words, Membership maker) {
        return held(words).stream().filter(word -> permit(maker, word)).collect(Collectors.toUnmodifiableSet());
    }

    /// Returns whether a member may do what a word means.
    public static boolean permit(Membership member, String word) {
        return rights(word).allMatch(member::permits);
    }

    /// Returns the rights of a member that a word stands on. What this server doesn't know stands on itself.
    private static Stream<String> rights(String word) {
        Set<String> meant = means(word);
        return meant.isEmpty()
                ? Stream.of(word)
                : meant.stream()
                        .map(name -> Objects.requireNonNull(BY_NAME.get(name)).right());
    }
}
