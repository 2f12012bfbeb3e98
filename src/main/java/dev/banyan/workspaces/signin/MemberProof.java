package dev.banyan.workspaces.signin;

import dev.banyan.platform.Digests;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceSessions;
import jakarta.inject.Singleton;

/// Proves again who uses a session in a workspace, before acts that give someone data or a way in. The proof is a
/// sign-in with the password, with all its rules: a directory answers for its people, a provider's people are sent
/// there, and wrong passwords count.
@Singleton
record MemberProof(WorkspaceLogins logins, WorkspaceSessions sessions) {

    /// Proves the member's session; the sign-in leaves no session of its own.
    ///
    /// @return as for a sign-in; wrong credentials, too, if the password is someone else's
    public LoggedIn prove(Member member, String password) {
        LoggedIn answer = logins.login(
                member.actor(), member.workspace().shortPath(), member.user().email(), password);
        if (!(answer instanceof LoggedIn.Welcome welcome)) {
            return answer;
        }
        sessions.close(Digests.sha256Hex(welcome.session().token()));
        return welcome.user().id() == member.user().id() && sessions.prove(member)
                ? answer
                : new LoggedIn.WrongCredentials();
    }
}
