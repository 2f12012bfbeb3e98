package dev.banyan.platform.sso;

import module java.base;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import org.jspecify.annotations.Nullable;

/// Names of groups, in the shapes in which providers send them, and the one rule by which they are compared.
final class GroupNames {

    private static final int MOST = 1_000;
    private static final int DEEPEST = 4;
    /// What names a group that is sent as an object.
    private static final List<String> NAMES =
            List.of("name", "displayName", "display", "value", "path", "groupName", "cn");

    private GroupNames() {}

    /// Reads a claim: an array of texts or of objects; one text, perhaps with several names that commas or semicolons
    /// separate; or an object whose keys are the names, as Zitadel has it.
    static List<String> of(@Nullable Object claim) {
        Stream<String> names = claim instanceof String text ? separated(text) : within(claim, 0);
        return names.map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static Stream<String> within(@Nullable Object found, int depth) {
        return switch (found) {
            case Collection<?> several
            when depth < DEEPEST -> several.stream().flatMap(each -> within(each, depth + 1));
            case Map<?, ?> object -> ofObject(object);
            case String name -> Stream.of(name);
            case Number id -> Stream.of(id.toString());
            case null, default -> Stream.empty();
        };
    }

    /// What is called a role is what the person is in the group, if the group has a name.
    private static Stream<String> ofObject(Map<?, ?> object) {
        List<String> names = texts(object, NAMES);
        List<String> named = Stream.of(
                        names.isEmpty() ? texts(object, List.of("role")) : names, texts(object, List.of("id")))
                .flatMap(List::stream)
                .toList();
        return named.isEmpty()
                ? object.entrySet().stream()
                        .filter(role -> role.getValue() != null && !Boolean.FALSE.equals(role.getValue()))
                        .map(role -> String.valueOf(role.getKey()))
                : named.stream();
    }

    private static List<String> texts(Map<?, ?> object, List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.ofNullable(object.get(name)))
                .filter(value -> value instanceof String || value instanceof Number)
                .map(String::valueOf)
                .toList();
    }

    /// A distinguished name holds commas itself.
    private static Stream<String> separated(String text) {
        String list = text.strip().replaceFirst("^\\[(.*)]$", "$1");
        String separator = list.contains("=") ? ";" : "[,;]";
        return Stream.concat(Stream.of(text), Arrays.stream(list.split(separator)))
                .map(name -> name.strip().replaceFirst("^\"(.*)\"$", "$1"));
    }

    /// Returns what a name is compared by: the same in any letter case, with or without a slash before it, and however
    /// its accents are composed.
    static String key(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFC);
        return plain.strip().replaceFirst("^/", "").toLowerCase(Locale.ROOT);
    }

    /// Returns all keys under which a role may be given to a group. One with a distinguished name has a short one, too.
    static Stream<String> keys(String group) {
        return Stream.concat(Stream.of(group), shortName(group).stream()).map(GroupNames::key);
    }

    /// Returns the first part of a distinguished name.
    static Optional<String> shortName(String dn) {
        if (!dn.contains("=")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new DN(dn).getRDN()).map(rdn -> rdn.getAttributeValues()[0]);
        } catch (LDAPException _) {
            return Optional.empty();
        }
    }
}
