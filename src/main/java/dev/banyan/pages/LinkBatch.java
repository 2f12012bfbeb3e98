package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.pages.LinkStep.Direction;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// The links and groups of one page while a batch changes them, and the resulting differences. Only [Batches] accesses
/// the database.
final class LinkBatch {

    /// Why a step is refused.
    sealed interface Refused {

        record Broken(List<Invalid> invalid) implements Refused {}

        record LinkNotFound(String id) implements Refused {}

        record GroupNotFound(String id) implements Refused {}

        record NotInTier(Feature feature) implements Refused {}
    }

    private static final Invalid BACK = new Invalid(
            "url",
            "This address leads back to the link itself",
            "This address leads back to this link. Choose another destination.");

    /// Begins batches, and asks what no page knows alone.
    @Singleton
    static final class Batches {

        private final Uuids uuids;
        private final Loops loops;

        Batches(Uuids uuids, Loops loops) {
            this.uuids = uuids;
            this.loops = loops;
        }

        LinkBatch begin(Page page, List<Link> links, List<LinkGroup> groups, Tier tier) {
            return new LinkBatch(page, links, groups, tier, uuids);
        }

        /// A new link has an id that nothing leads to.
        Optional<Refused> apply(Tx tx, LinkBatch batch, LinkStep step) {
            Optional<Link> before =
                    step instanceof LinkStep.Update(String id, var _) ? batch.find(id) : Optional.empty();
            Optional<Refused> refused = batch.apply(step);
            return refused.isPresent()
                    ? refused
                    : before.flatMap(link -> batch.links
                                    .find(link.id())
                                    .filter(now -> !now.url().equals(link.url())))
                            .filter(link -> leadsBack(tx, batch, link))
                            .map(_ -> new Refused.Broken(List.of(BACK)));
        }

        private boolean leadsBack(Tx tx, LinkBatch batch, Link link) {
            return Loops.mayLeadOn(link.url())
                    && loops.leadsBack(
                            tx,
                            link.id().path(),
                            link.url(),
                            batch.links.all().stream()
                                    .collect(Collectors.toMap(one -> one.id().path(), Link::url)));
        }
    }

    private final Page page;
    private final Tier tier;
    private final Uuids uuids;
    private final OrderedEdits<LinkId, Link> links;
    private final OrderedEdits<String, LinkGroup> groups;
    private final List<String> unknown = new ArrayList<>();

    LinkBatch(Page page, List<Link> links, List<LinkGroup> groups, Tier tier, Uuids uuids) {
        this.page = page;
        this.tier = tier;
        this.uuids = uuids;
        this.links = new OrderedEdits<>(links, Link::id);
        this.groups = new OrderedEdits<>(groups, LinkGroup::id);
    }

    Optional<Refused> apply(LinkStep step) {
        return switch (step) {
            case LinkStep.Add(Changes<Link> wish) -> add(LinkChange.asCreation(wish));
            case LinkStep.Update(String id, Changes<Link> wish) -> update(id, wish);
            case LinkStep.Remove(String id) -> {
                find(id).map(Link::id).ifPresentOrElse(links::remove, () -> unknown.add(id));
                yield Optional.empty();
            }
            case LinkStep.AddGroup(Changes<LinkGroup> wish) ->
                addGroup(wish.with(LinkGroupChange.TITLE, wish.over(LinkGroupChange.TITLE, "")));
            case LinkStep.UpdateGroup(String id, Changes<LinkGroup> wish) -> updateGroup(id, wish);
            case LinkStep.RemoveGroup(String id) -> {
                removeGroup(id);
                yield Optional.empty();
            }
            case LinkStep.Move(String id, Direction direction) -> move(id, direction);
            case LinkStep.Place place -> place(place);
        };
    }

    private Optional<Refused> add(Changes<Link> wish) {
        var link = Link.plain(new LinkId(uuids.next()), page.id(), "", "", end(), true, 0);
        return accept(Optional.empty(), link, wish);
    }

    private Optional<Refused> update(String id, Changes<Link> wish) {
        Optional<Link> known = find(id);
        return known.isEmpty()
                ? Optional.of(new Refused.LinkNotFound(id))
                : accept(known.map(links::before), known.get(), wish);
    }

    private Optional<Link> find(String id) {
        return LinkId.parse(id).flatMap(links::find);
    }

    /// @param kept the current link, which may exceed the tier
    private Optional<Refused> accept(Optional<Link> kept, Link link, Changes<Link> wish) {
        List<Invalid> invalid = LinkChange.broken(link, wish, kept.isEmpty());
        if (!invalid.isEmpty()) {
            return Optional.of(new Refused.Broken(invalid));
        }
        if (wish.over(LinkChange.GROUP, Optional.empty())
                .filter(id -> groups.find(id).isEmpty())
                .isPresent()) {
            return Optional.of(new Refused.Broken(List.of(
                    new Invalid("groupId", "groupId must name a group of this page", "Choose a group of this page."))));
        }
        Link changed = LinkChange.over(link, wish);
        Optional<Feature> missing = LinkFlags.newlyBeyond(kept, changed, tier);
        if (missing.isPresent()) {
            return missing.map(Refused.NotInTier::new);
        }
        links.put(changed);
        return Optional.empty();
    }

    private Optional<Refused> addGroup(Changes<LinkGroup> wish) {
        var group = new LinkGroup(uuids.next().toString(), page.id(), "", end(), true, GroupLayout.STACK, false);
        return accept(group, wish);
    }

    private Optional<Refused> updateGroup(String id, Changes<LinkGroup> wish) {
        return groups.find(id)
                .map(group -> accept(group, wish))
                .orElseGet(() -> Optional.of(new Refused.GroupNotFound(id)));
    }

    private Optional<Refused> accept(LinkGroup group, Changes<LinkGroup> wish) {
        List<Invalid> invalid = LinkGroupChange.broken(wish);
        if (!invalid.isEmpty()) {
            return Optional.of(new Refused.Broken(invalid));
        }
        LinkGroup changed = LinkGroupChange.over(group, wish);
        groups.put(changed);
        return Optional.empty();
    }

    /// Removes a group. Its links move to its place on the page, in order.
    private void removeGroup(String id) {
        if (groups.find(id).isEmpty()) {
            unknown.add(id);
        } else {
            List<PageOrder.Entry> top = new ArrayList<>();
            for (PageOrder.Entry entry : outline()) {
                if (entry instanceof PageOrder.Entry.Many(LinkGroup group, List<Link> links)
                        && group.id().equals(id)) {
                    links.stream().map(PageOrder.Entry.One::new).forEach(top::add);
                } else {
                    top.add(entry);
                }
            }
            boolean isEmpty = links.all().stream()
                    .noneMatch(link -> link.group().filter(id::equals).isPresent());
            groups.remove(id);
            if (!isEmpty) {
                number(top, Optional.empty());
            }
        }
    }

    private int end() {
        return IntStream.concat(
                                links.all().stream().mapToInt(Link::position),
                                groups.all().stream().mapToInt(LinkGroup::position))
                        .max()
                        .orElse(-1)
                + 1;
    }

    private List<PageOrder.Entry> outline() {
        return PageOrder.of(links.all(), groups.all()).entries();
    }

    /// Returns the entries of the page itself, or of a group.
    private List<PageOrder.Entry> level(Optional<String> group) {
        return new ArrayList<>(group.<List<PageOrder.Entry>>map(id -> links.all().stream()
                        .filter(link -> link.group().filter(id::equals).isPresent())
                        .sorted(PageOrder.LINKS_IN_ORDER)
                        .<PageOrder.Entry>map(PageOrder.Entry.One::new)
                        .toList())
                .orElseGet(this::outline));
    }

    private Optional<Refused> move(String id, Direction direction) {
        Optional<PageOrder.Entry> moved = entry(id);
        if (moved.isEmpty()) {
            return Optional.of(new Refused.LinkNotFound(id));
        }
        Optional<String> group = groupOf(moved.get());
        List<PageOrder.Entry> level = level(group);
        int place = placeOf(level, id);
        int other = place + (direction == Direction.UP ? -1 : 1);
        if (other >= 0 && other < level.size()) {
            Collections.swap(level, place, other);
        }
        number(level, group);
        return Optional.empty();
    }

    private Optional<Refused> place(LinkStep.Place place) {
        Optional<PageOrder.Entry> moved = entry(place.id());
        if (moved.isEmpty()) {
            return Optional.of(new Refused.LinkNotFound(place.id()));
        }
        if (place.group().filter(id -> groups.find(id).isEmpty()).isPresent()) {
            return Optional.of(new Refused.GroupNotFound(place.group().get()));
        }
        Optional<String> group =
                moved.get() instanceof PageOrder.Entry.Many ? Optional.empty() : place.group(); // no nested groups
        List<PageOrder.Entry> level = level(group);
        level.removeIf(entry -> entry.id().equals(place.id()));
        int at = place.before()
                .map(id -> placeOf(level, id))
                .filter(found -> found >= 0)
                .orElse(level.size());
        level.add(at, moved.get());
        number(level, group);
        return Optional.empty();
    }

    private Optional<PageOrder.Entry> entry(String id) {
        return groups.find(id)
                .<PageOrder.Entry>map(group -> new PageOrder.Entry.Many(group, List.of()))
                .or(() -> LinkId.parse(id).flatMap(links::find).map(PageOrder.Entry.One::new));
    }

    private Optional<String> groupOf(PageOrder.Entry entry) {
        return switch (entry) {
            case PageOrder.Entry.One(Link link) ->
                link.group().filter(id -> groups.find(id).isPresent());
            case PageOrder.Entry.Many _ -> Optional.empty();
        };
    }

    private static int placeOf(List<PageOrder.Entry> level, String id) {
        return IntStream.range(0, level.size())
                .filter(i -> level.get(i).id().equals(id))
                .findFirst()
                .orElse(-1);
    }

    /// Renumbers all places of a level, so that neighbours never share one.
    private void number(List<PageOrder.Entry> level, Optional<String> group) {
        for (int i = 0; i < level.size(); i++) {
            switch (level.get(i)) {
                case PageOrder.Entry.One(Link link) -> links.put(link.at(i, group));
                case PageOrder.Entry.Many(LinkGroup many, List<Link> _) -> groups.put(many.at(i));
            }
        }
    }

    /// Returns true if everything is as it was before.
    boolean isEmpty() {
        return links.isEmpty() && groups.isEmpty();
    }

    /// Returns the ids to be removed that the page doesn't have.
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    OrderedEdits<LinkId, Link> links() {
        return links;
    }

    OrderedEdits<String, LinkGroup> groups() {
        return groups;
    }

    /// Returns the links that were in a group before.
    List<LinkId> stoodIn(LinkGroup group) {
        return links.allBefore().stream()
                .filter(link -> link.group().filter(group.id()::equals).isPresent())
                .map(Link::id)
                .toList();
    }
}
