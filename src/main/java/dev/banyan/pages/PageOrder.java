package dev.banyan.pages;

import module java.base;

/// A page's links and groups in display order: at the top level links and groups mixed, by position, and in each group
/// its links.
public record PageOrder(List<Entry> entries) {

    public sealed interface Entry {

        String id();

        int position();

        record One(Link link) implements Entry {

            @Override
            public String id() {
                return link.id().toString();
            }

            @Override
            public int position() {
                return link.position();
            }
        }

        record Many(LinkGroup group, List<Link> links) implements Entry {

            @Override
            public String id() {
                return group.id();
            }

            @Override
            public int position() {
                return group.position();
            }
        }
    }

    /// At equal positions links come before groups; other ties are broken by age, which is part of the ids.
    private static final Comparator<Entry> IN_ORDER = Comparator.comparingInt(Entry::position)
            .thenComparing(Entry.Many.class::isInstance)
            .thenComparing(Entry::id);

    static final Comparator<Link> LINKS_IN_ORDER = Comparator.comparingInt(Link::position)
            .thenComparing(link -> link.id().toString());

    /// Builds the outline. A link whose group is missing is placed at the top level.
    public static PageOrder of(List<Link> links, List<LinkGroup> groups) {
        Set<String> known = groups.stream().map(LinkGroup::id).collect(Collectors.toSet());
        Map<String, List<Link>> grouped = links.stream()
                .filter(link -> link.group().filter(known::contains).isPresent())
                .sorted(LINKS_IN_ORDER)
                .collect(Collectors.groupingBy(link -> link.group().orElseThrow()));
        List<Entry> entries = new ArrayList<>();
        links.stream()
                .filter(link -> link.group().filter(known::contains).isEmpty())
                .map(Entry.One::new)
                .forEach(entries::add);
        groups.stream()
                .map(group -> new Entry.Many(group, grouped.getOrDefault(group.id(), List.of())))
                .forEach(entries::add);
        entries.sort(IN_ORDER);
        return new PageOrder(List.copyOf(entries));
    }
}
