package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.Members;
import dev.banyan.workspaces.access.WorkspaceCookies;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// The people behind a socket that watches numbers, resolved anew each time: sessions end while sockets are open.
///
/// One socket may watch workspaces through several kinds of sessions: the agency's, and those the browser holds a
/// cookie for. As on all routes for numbers, a workspace's own cookie takes precedence.
@Exempt(from = "onlyResourcesSpeakHttp", because = "resolves the handshake's sessions repeatedly")
@Singleton
record NumberSubscribers(Handshakes handshakes, Contexts contexts, Members members, WorkspaceCookies cookies) {

    /// Whether the visitor is signed in to the agency or to any workspace.
    boolean isSomebody(HttpServerRequest request, Handshakes.Visitor visitor) {
        return !(visitor.caller() instanceof Caller.Anonymous) || cookies.isMemberSomewhere(request);
    }

    /// Whether the only session is a manager's whose role doesn't include workspaces.
    boolean isWithoutWorkspaces(HttpServerRequest request, Handshakes.Visitor visitor) {
        return !cookies.isMemberSomewhere(request)
                && contexts.resolve(visitor.caller(), visitor.actor(), named(request))
                        instanceof Resolved.Found(AccountContext context)
                && !context.membership().workspaces();
    }

    /// The sessions behind a socket, whichever workspaces it watches.
    ///
    /// @param side the person who acts for the agency, if any
    record Company(boolean isSomebody, Optional<WorkspaceActor.ProjectSide> side) {}

    Company company(HttpServerRequest request) {
        Optional<Handshakes.Visitor> visitor = handshakes.visitor(request);
        return new Company(
                visitor.filter(known -> isSomebody(request, known)).isPresent(),
                visitor.flatMap(known -> projectSide(known, named(request))));
    }

    /// The parts of a handshake that identify its sessions.
    static List<Optional<String>> words(HttpServerRequest request) {
        return List.of(
                Optional.ofNullable(request.getHeader("Cookie")),
                Optional.ofNullable(request.getHeader("Authorization")),
                Optional.ofNullable(request.getHeader("Origin")),
                named(request));
    }

    /// Whether the socket has a session in this workspace, which takes precedence over the agency's.
    boolean isMember(HttpServerRequest request, WorkspaceId workspace) {
        return cookies.resolve(request, workspace).isPresent();
    }

    /// @return empty if none of the socket's sessions has access to the workspace
    Optional<WorkspaceActor> actor(HttpServerRequest request, WorkspaceId workspace) {
        Optional<Handshakes.Visitor> visitor = handshakes.visitor(request);
        if (visitor.isEmpty()) {
            return Optional.empty();
        }
        Actor actor = visitor.get().actor();
        Optional<Caller.WorkspaceMember> own = cookies.resolve(request, workspace);
        return own.isPresent()
                ? members.find(actor, own.get()).map(member -> member)
                : projectSide(visitor.get(), named(request)).map(side -> side);
    }

    private Optional<WorkspaceActor.ProjectSide> projectSide(Handshakes.Visitor visitor, Optional<String> account) {
        return switch (contexts.resolve(visitor.caller(), visitor.actor(), account)) {
            case Resolved.Found found ->
                Optional.of(found.context())
                        .filter(context -> context.membership().workspaces())
                        .map(WorkspaceActor.ProjectSide::new);
            case Resolved.Refused _ -> Optional.empty();
        };
    }

    /// The account named in the socket's address, as on other routes.
    private static Optional<String> named(HttpServerRequest request) {
        return Stream.of("subAccountId", "UserId", "as")
                .flatMap(name -> Optional.ofNullable(request.getParam(name)).stream())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
