package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.WithNumber;
import io.vertx.core.http.HttpServerRequest;

/// One check of what many sockets may watch: results are shared between sockets of the same people. Created anew for
/// each check, so that it never knows outdated results.
@Exempt(from = "onlyResourcesSpeakHttp", because = "resolves the handshakes of many sockets together")
final class PresenceCheck {

    /// The people behind sockets with equal handshakes, and what they see.
    private record Company(NumberSubscribers.Company people, Map<WorkspaceId, Outcome<WithNumber>> seen) {}

    private final NumberSubscribers subscribers;
    private final WorkspaceNumbers numbers;
    private final Map<List<Optional<String>>, Company> companies = new HashMap<>();

    PresenceCheck(NumberSubscribers subscribers, WorkspaceNumbers numbers) {
        this.subscribers = subscribers;
        this.numbers = numbers;
    }

    private Company company(HttpServerRequest request) {
        return companies.computeIfAbsent(
                NumberSubscribers.words(request), _ -> new Company(subscribers.company(request), new HashMap<>()));
    }

    /// Whether the visitor is signed in anywhere.
    boolean isSomebody(HttpServerRequest request) {
        return company(request).people().isSomebody();
    }

    /// Returns what they see of each of these workspaces.
    Map<WorkspaceId, Outcome<WithNumber>> seen(HttpServerRequest request, Collection<WorkspaceId> workspaces) {
        Company company = company(request);
        List<WorkspaceId> missing = workspaces.stream()
                .filter(id -> !company.seen().containsKey(id))
                .toList();
        var ofAgency = new HashMap<>(company.people()
                .side()
                .filter(_ -> !missing.isEmpty())
                .map(side -> numbers.findAll(side, missing))
                .orElse(Map.of()));
        for (WorkspaceId id : missing) {
            Outcome<WithNumber> seen = subscribers.isMember(request, id)
                    ? subscribers
                            .actor(request, id)
                            .map(actor -> numbers.find(actor, id))
                            .orElseGet(Outcome::notFound)
                    : ofAgency.getOrDefault(id, Outcome.notFound());
            company.seen().put(id, seen);
        }
        return company.seen();
    }
}
