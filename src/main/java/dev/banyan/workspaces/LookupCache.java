package dev.banyan.workspaces;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Answers to lookups as bytes, until the workspace or its project changes.
///
/// Every change has a number. An answer is kept only if nothing at all changed since before its data was read, so an
/// old one is never shown, even if it arrives here after the change.
@Singleton
final class LookupCache {

    /// Names one state of a project's switches.
    private static final class Ticket {}

    private record Kept(String pathname, ProjectId project, Ticket ticket, byte[] bytes) {}

    /// Holds a good hundred thousand workspaces.
    private static final long BYTES = 64L * 1_048_576;
    /// What an entry costs beside its bytes: objects, keys, the cache's own nodes.
    private static final int AROUND_AN_ANSWER = 250;

    private static final int PROJECTS = 100_000;
    private static final Duration WHERE_OTHERS_WRITE = Duration.ofSeconds(5);

    private final AtomicLong changes = new AtomicLong();
    private final Cache<ProjectId, Ticket> projects =
            Caffeine.newBuilder().maximumSize(PROJECTS).build();
    private final Cache<String, Kept> byShortId;

    LookupCache(Database database) {
        var builder = Caffeine.newBuilder()
                .maximumWeight(BYTES)
                .weigher((String _, Kept kept) -> kept.bytes().length + AROUND_AN_ANSWER);
        if (database.isShared()) {
            builder.expireAfterWrite(WHERE_OTHERS_WRITE);
        }
        this.byShortId = builder.build();
    }

    Optional<byte[]> find(String shortPath) {
        int hyphen = shortPath.indexOf('-');
        if (hyphen < 0) {
            return Optional.empty();
        }
        Kept kept = byShortId.getIfPresent(shortPath.substring(0, hyphen));
        return kept != null
                        && shortPath.substring(hyphen + 1).equals(kept.pathname())
                        && projects.getIfPresent(kept.project()) == kept.ticket()
                ? Optional.of(kept.bytes())
                : Optional.empty();
    }

    /// To be asked before the database is read.
    long state() {
        return changes.get();
    }

    void keep(Workspace workspace, long stateBefore, byte[] bytes) {
        Ticket ticket = projects.get(workspace.project(), _ -> new Ticket());
        byShortId
                .asMap()
                .compute(
                        workspace.shortId(),
                        (_, kept) -> changes.get() == stateBefore
                                ? new Kept(workspace.pathname(), workspace.project(), ticket, bytes)
                                : kept);
    }

    void drop(String shortId) {
        changes.incrementAndGet();
        byShortId.invalidate(shortId);
    }

    void drop(ProjectId project) {
        changes.incrementAndGet();
        projects.invalidate(project);
    }
}
