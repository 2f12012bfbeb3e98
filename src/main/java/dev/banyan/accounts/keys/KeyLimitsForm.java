package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.Parse;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.platform.web.page.Words;

/// The fields of the form for a new key that narrow it, as they are drawn.
///
/// @param brands that can be chosen
/// @param others chosen ones that have no checkbox, by their usernames
/// @param hasMore whether there are brands without a checkbox
/// @param parts what can be chosen
/// @param help says so if there is more than can be chosen
record KeyLimitsForm(
        Typed typed,
        List<Choice> brands,
        String others,
        boolean hasMore,
        List<Group> parts,
        String help,
        boolean open) {

    /// The name of the field that stands for `projectId`, `subClientId` and `master`.
    private static final String PART = "part";

    private static final Map<Part, String> HEADINGS =
            new EnumMap<>(Map.of(Part.PROJECT, "Projects", Part.WORKSPACE, "Workspaces", Part.POOL, "Pools"));

    record Group(String name, List<Choice> choices) {}

    record Choice(String value, String label, boolean picked) {}

    /// @param brands usernames; none for all
    /// @param part a kind and an id, as in the list; empty for everything
    record Typed(
            List<String> brands,
            String part,
            String expiresAt,
            String networks,
            String requestsPerMinute,
            boolean test) {

        static final Typed NOTHING = new Typed(List.of(), "", "", "", "", false);

        boolean isNothing() {
            return named().isEmpty() && (part + expiresAt + networks + requestsPerMinute).isBlank();
        }

        KeyWish wish() {
            Optional<String> workspace = chosen(Part.WORKSPACE);
            Optional<String> pool = chosen(Part.POOL);
            // Whatever else a program sends narrows the key, too, or is refused.
            Optional<String> project = chosen(Part.PROJECT)
                    .or(() ->
                            Optional.of(part).filter(text -> !text.isBlank() && workspace.isEmpty() && pool.isEmpty()));
            return new KeyWish(
                    named(),
                    project,
                    workspace,
                    pool,
                    Optional.of(expiresAt.strip()).filter(day -> !day.isEmpty()).map(Typed::beginOf),
                    words(networks),
                    Optional.of(requestsPerMinute.strip())
                            .filter(text -> !text.isEmpty())
                            .map(text -> Parse.of(text, Integer::valueOf).orElse(0)),
                    test);
        }

        /// What is no day is refused as it was typed.
        private static String beginOf(String day) {
            return Parse.of(day, LocalDate::parse)
                    .map(date ->
                            date.atStartOfDay(ReaderZone.zone()).toInstant().toString())
                    .orElse(day);
        }

        private Optional<String> chosen(Part kind) {
            String before = value(kind, "");
            return part.startsWith(before) ? Optional.of(part.substring(before.length())) : Optional.empty();
        }

        /// A field that is typed can have several.
        private List<String> named() {
            return words(String.join(" ", brands));
        }

        private static List<String> words(String text) {
            return Stream.of(text.split("[\\s,;]+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
    }

    static KeyLimitsForm of(ApiKeys.Parts parts, Typed typed, FieldErrors errors) {
        List<Group> groups = HEADINGS.entrySet().stream()
                .map(kind -> new Group(
                        kind.getValue(),
                        parts.others().stream()
                                .filter(part -> part.part() == kind.getKey())
                                .map(part -> choice(part, typed))
                                .toList()))
                .filter(group -> !group.choices().isEmpty())
                .toList();
        List<String> named = typed.named();
        List<Choice> brands = parts.brands().stream()
                .map(brand -> new Choice(brand.username(), brand.displayName(), named.contains(brand.username())))
                .toList();
        String others = named.stream()
                .filter(name -> brands.stream().noneMatch(brand -> brand.value().equals(name)))
                .collect(Collectors.joining(" "));
        boolean cut = groups.stream().anyMatch(group -> group.choices().size() >= ApiKeys.PARTS_OFFERED);
        return new KeyLimitsForm(
                typed,
                brands,
                others,
                parts.hasMore() || !others.isEmpty(),
                groups,
                cut
                        ? "Up to " + Words.grouped(ApiKeys.PARTS_OFFERED)
                                + " of each are listed. To use another one, create the key with the API."
                        : "The key can reach only what belongs to it.",
                !typed.isNothing() || errors.has(PART));
    }

    private static Choice choice(KeyParts.Named part, Typed typed) {
        String value = value(part.part(), part.id());
        return new Choice(value, part.name(), value.equals(typed.part()));
    }

    private static String value(Part part, String id) {
        return part.key() + " " + id;
    }

    /// Returns what is wrong, at the field that the page has for it.
    static Invalid onPage(Invalid invalid) {
        return Set.of("scope", "projectId", "subClientId", "master").contains(invalid.field())
                ? invalid.in(PART)
                : invalid;
    }
}
