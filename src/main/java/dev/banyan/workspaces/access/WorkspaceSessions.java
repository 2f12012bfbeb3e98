package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.MemberProofs;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.sso.realm.SessionUsed;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceSessionStore;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Sessions in workspaces: opaque tokens of which only the SHA-256 is stored. A session lasts seven days, is renewed by
/// use, and ends 30 days after sign-in at the latest; it grants nothing while its workspace is suspended or switched
/// off.
@Singleton
public record WorkspaceSessions(
        Database database, Event<WorkspaceSessionsEnded> ended, Event<SessionUsed> used, Clock clock)
        implements Expiring, MemberProofs {

    static final Duration LIFE = Duration.ofDays(7);
    static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration RENEWED_AFTER = Duration.ofHours(1);

    /// A new session. The token is available only here.
    public record Opened(WorkspaceId workspace, String token, Instant expiresAt) {}

    /// Opens a session at sign-in; the transaction records the time.
    public Opened open(Tx tx, Workspace workspace, int user) {
        String token = Digests.newToken();
        Instant now = clock.instant();
        new WorkspaceSessionStore(tx)
                .insert(
                        workspace.owner().tenant(),
                        workspace.id(),
                        user,
                        Digests.sha256Hex(token),
                        now,
                        now.plus(LIFE));
        new WorkspaceUserStore(tx).signedIn(workspace.owner().tenant(), workspace.id(), user, now);
        return new Opened(workspace.id(), token, now.plus(LIFE));
    }

    /// Ends the sessions of these tokens, if any.
    public void close(Collection<String> tokens) {
        List<String> hashes = tokens.stream().map(Digests::sha256Hex).toList();
        closeHashes(hashes);
    }

    /// Ends one session.
    public void close(String sessionHash) {
        closeHashes(List.of(sessionHash));
    }

    private void closeHashes(List<String> hashes) {
        if (!hashes.isEmpty()) {
            database.write(tx -> {
                tx.afterCommit(() -> hashes.forEach(hash -> ended.fire(new WorkspaceSessionsEnded.OfSession(hash))));
                return new WorkspaceSessionStore(tx).delete(hashes);
            });
        }
    }

    /// Ends all sessions of a user, in the transaction that removes them or changes their password.
    public void closeAll(Tx tx, AccountId tenant, WorkspaceUser user) {
        new WorkspaceSessionStore(tx).deleteAll(tenant, user.workspace(), Optional.of(user.id()));
        tx.afterCommit(() -> ended.fire(new WorkspaceSessionsEnded.OfUser(user.workspace(), user.id())));
    }

    /// Returns the member a token belongs to; with several tokens, the member of the newest session.
    public Optional<Caller.WorkspaceMember> resolve(Collection<String> tokens) {
        return resolve(tokens, _ -> {});
    }

    /// @param renewed called with the session if it was extended
    Optional<Caller.WorkspaceMember> resolve(Collection<String> tokens, Consumer<Opened> renewed) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        List<String> hashes = tokens.stream().map(Digests::sha256Hex).toList();
        Optional<WorkspaceSessionStore.Found> found =
                database.read(tx -> new WorkspaceSessionStore(tx).find(hashes, now)).stream()
                        .findFirst();
        found.filter(session -> session.renewedAt().plus(RENEWED_AFTER).isBefore(now))
                .ifPresent(session -> {
                    Instant expiresAt = expiry(session.createdAt(), now);
                    boolean isRenewed = database.actIfPossible(
                            tx -> new WorkspaceSessionStore(tx).renew(session.tokenHash(), now, expiresAt));
                    tokens.stream()
                            .filter(token ->
                                    isRenewed && Digests.sha256Hex(token).equals(session.tokenHash()))
                            .limit(1)
                            .forEach(token -> renewed.accept(new Opened(session.workspace(), token, expiresAt)));
                });
        found.ifPresent(session -> used.fire(new SessionUsed(session.tokenHash())));
        return found.map(session -> new Caller.WorkspaceMember(
                session.workspace().value(), session.user(), session.tokenHash(), session.zone()));
    }

    /// Gives a user without a time zone the one of the browser that they first sign in with.
    Caller.WorkspaceMember withZone(Caller.WorkspaceMember member, Optional<ZoneId> ofBrowser) {
        if (member.zone().isPresent() || ofBrowser.isEmpty()) {
            return member;
        }
        database.actIfPossible(tx -> new WorkspaceSessionStore(tx).setFirstZone(member.sessionHash(), ofBrowser.get()));
        return new Caller.WorkspaceMember(member.workspace(), member.user(), member.sessionHash(), ofBrowser);
    }

    private static Instant expiry(Instant createdAt, Instant now) {
        Instant unused = now.plus(LIFE);
        Instant last = createdAt.plus(LONGEST);
        return unused.isBefore(last) ? unused : last;
    }

    /// Returns true if the person signed in, or proved again who they are, a short while ago: sensitive acts need that.
    @Override
    public boolean isRecent(String sessionHash) {
        return database.read(tx -> new WorkspaceSessionStore(tx).provedAt(sessionHash))
                .filter(proved -> proved.plus(LoginSessions.PROOF_LIFE).isAfter(clock.instant()))
                .isPresent();
    }

    /// Records that a member has proved again who they are.
    ///
    /// @return false if their session has ended
    public boolean prove(WorkspaceActor.Member member) {
        return database.write(tx -> new WorkspaceSessionStore(tx)
                .prove(
                        member.workspace().owner().tenant(),
                        member.workspace().id(),
                        member.user().id(),
                        member.sessionHash(),
                        clock.instant()));
    }

    /// Returns those of these hashes whose sessions are still valid for people with this right. For connections that
    /// outlive a request, and use their session.
    Set<String> stillOpen(Collection<String> hashes, Right right) {
        Instant now = clock.instant();
        Set<String> open = database.read(tx -> new WorkspaceSessionStore(tx).find(hashes, now)).stream()
                .filter(found -> right.isOf(found.role()))
                .map(WorkspaceSessionStore.Found::tokenHash)
                .collect(Collectors.toUnmodifiableSet());
        open.forEach(hash -> used.fire(new SessionUsed(hash)));
        return open;
    }

    /// Sorts tokens by when their sessions were opened, newest first; invalid ones come last.
    List<String> newestFirst(Collection<String> tokens) {
        Instant now = clock.instant();
        List<String> hashes = tokens.stream().map(Digests::sha256Hex).toList();
        List<String> known = database.read(tx -> new WorkspaceSessionStore(tx).find(hashes, now)).stream()
                .map(WorkspaceSessionStore.Found::tokenHash)
                .toList();
        return tokens.stream()
                .sorted(Comparator.comparingInt(token -> {
                    int place = known.indexOf(Digests.sha256Hex(token));
                    return place < 0 ? Integer.MAX_VALUE : place;
                }))
                .toList();
    }

    /// Deletes expired sessions.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new WorkspaceSessionStore(tx).deleteExpired(clock.instant(), 1_000));
    }
}
