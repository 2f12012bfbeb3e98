package dev.banyan.pages;

import dev.banyan.pages.Links.Direction;
import dev.banyan.pages.Links.Step;
import dev.banyan.platform.Uuids;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The links of one page while the steps of a batch change them, and what is different in the end. Knows no database.
final class LinkBatch {

    private static final Comparator<Link> IN_ORDER = Comparator.comparingInt(Link::position)
            .thenComparing(link -> link.id().toString());

    private final Page page;
    private final Uuids uuids;
    private final Map<LinkId, Link> before = new LinkedHashMap<>();
    private final Map<LinkId, Link> now = new LinkedHashMap<>();

    LinkBatch(Page page, List<Link> links, Uuids uuids) {
        this.page = page;
        this.uuids = uuids;
        links.forEach(link -> {
            before.put(link.id(), link);
            now.put(link.id(), link);
        });
    }

    /// @return the id that the step names and the page does not have
    Optional<String> apply(Step step) {
        return switch (step) {
            case Step.Add add -> {
                add(add);
                yield Optional.empty();
            }
            case Step.Update update -> change(update.id(), link -> updated(link, update));
            case Step.Remove remove -> {
                LinkId.parse(remove.id()).ifPresent(now::remove);
                yield Optional.empty();
            }
            case Step.Move move -> change(move.id(), link -> moved(link, move.direction()));
        };
    }

    private void add(Step.Add add) {
        int end = now.values().stream().mapToInt(Link::position).max().orElse(-1) + 1;
        var link = Link.plain(
                new LinkId(uuids.next()),
                page.id(),
                add.title().strip(),
                add.url().strip(),
                add.position().orElse(end),
                add.active(),
                0);
        now.put(link.id(), link);
    }

    private interface Change {
        Link of(Link link);
    }

    private Optional<String> change(String id, Change change) {
        Optional<Link> link = LinkId.parse(id).flatMap(parsed -> Optional.ofNullable(now.get(parsed)));
        link.map(change::of).ifPresent(changed -> now.put(changed.id(), changed));
        return link.isPresent() ? Optional.empty() : Optional.of(id);
    }

    private static Link updated(Link link, Step.Update update) {
        return new Link(
                link.id(),
                link.page(),
                update.title().map(String::strip).orElse(link.title()),
                update.url().map(String::strip).orElse(link.url()),
                update.position().orElse(link.position()),
                update.active().orElse(link.active()),
                link.clicks(),
                link.group(),
                link.decoration(),
                link.schedule(),
                link.lock());
    }

    /// Numbers all places anew, so that neighbours never share one, and swaps two of them.
    private Link moved(Link link, Direction direction) {
        List<Link> ordered = new ArrayList<>(now.values());
        ordered.sort(IN_ORDER);
        int place = ordered.indexOf(link);
        int other = place + (direction == Direction.UP ? -1 : 1);
        if (other >= 0 && other < ordered.size()) {
            java.util.Collections.swap(ordered, place, other);
        }
        for (int i = 0; i < ordered.size(); i++) {
            Link placed = at(ordered.get(i), i);
            now.put(placed.id(), placed);
        }
        return now.getOrDefault(link.id(), link);
    }

    private static Link at(Link link, int position) {
        return new Link(
                link.id(),
                link.page(),
                link.title(),
                link.url(),
                position,
                link.active(),
                link.clicks(),
                link.group(),
                link.decoration(),
                link.schedule(),
                link.lock());
    }

    List<Link> added() {
        return now.values().stream()
                .filter(link -> !before.containsKey(link.id()))
                .toList();
    }

    List<Link> updated() {
        return now.values().stream()
                .filter(link -> before.containsKey(link.id()) && !link.equals(before.get(link.id())))
                .toList();
    }

    List<LinkId> removed() {
        return before.keySet().stream().filter(id -> !now.containsKey(id)).toList();
    }
}
