package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.users.Invitations;
import dev.banyan.workspaces.users.MailAllowances;
import dev.banyan.workspaces.users.WorkspaceUsers;
import dev.banyan.workspaces.users.WorkspaceUsers.NewUser;
import jakarta.inject.Singleton;

/// Creates a workspace together with its first admin: both, or neither.
@Singleton
public record NewWorkspaces(
        Database database,
        Workspaces workspaces,
        WorkspaceUsers users,
        Invitations invitations,
        MailAllowances allowances) {

    /// Who runs the new workspace.
    public sealed interface FirstAdmin {

        /// A user who can sign in right away.
        record User(String username, String email, String password) implements FirstAdmin {}

        /// A person who gets a link to choose a username and password.
        record Invited(String email) implements FirstAdmin {}

        /// Nobody yet.
        record Later() implements FirstAdmin {}
    }

    /// Result of creating a workspace.
    public sealed interface Created {

        /// @param link the link of the invitation, if it must be passed on by hand
        record Done(Workspace workspace, Optional<String> link) implements Created {}

        /// Workspaces are switched off for the project.
        record NotEnabled() implements Created {}

        /// The caller can't invite people before they confirm their own email.
        record Unconfirmed() implements Created {}

        record Refused(Refusal refusal) implements Created {}
    }

    public Created create(
            AccountContext context, ProjectId project, String name, Optional<String> description, FirstAdmin admin) {
        var invalid = new ArrayList<Invalid>(Workspaces.invalid(Optional.of(name), description));
        invalid.addAll(invalid(admin));
        if (!invalid.isEmpty()) {
            return new Created.Refused(new Refusal.Rejected(List.copyOf(invalid)));
        }
        Optional<String> hash = admin instanceof FirstAdmin.User user
                ? Optional.of(users.hash(user.password())) // outside the transaction, because it is slow
                : Optional.empty();
        var actor = new WorkspaceActor.ProjectSide(context);
        return database.write(tx -> created(tx, actor, project, name, description, admin, hash.orElse("")));
    }

    /// The same within a larger transaction, which must keep nothing if this refuses.
    ///
    /// @param email of a first admin to invite
    public Created create(Tx tx, AccountContext context, ProjectId project, String name, Optional<String> email) {
        FirstAdmin admin = email.<FirstAdmin>map(FirstAdmin.Invited::new).orElseGet(FirstAdmin.Later::new);
        List<Invalid> invalid = invalid(name, admin);
        if (!invalid.isEmpty()) {
            return new Created.Refused(new Refusal.Rejected(invalid));
        }
        var actor = new WorkspaceActor.ProjectSide(context);
        return created(tx, actor, project, name, Optional.empty(), admin, "");
    }

    /// Answers as [#create] would, without counting or sending an invitation. The caller undoes the transaction.
    public Created tryOut(Tx tx, AccountContext context, ProjectId project, String name, Optional<String> email) {
        List<Invalid> invalid =
                invalid(name, email.<FirstAdmin>map(FirstAdmin.Invited::new).orElseGet(FirstAdmin.Later::new));
        if (!invalid.isEmpty()) {
            return new Created.Refused(new Refusal.Rejected(invalid));
        }
        var actor = new WorkspaceActor.ProjectSide(context);
        return email.isPresent() && !allowances.mayMail(tx, actor)
                ? new Created.Unconfirmed()
                : created(tx, actor, project, name, Optional.empty(), new FirstAdmin.Later(), "");
    }

    private static List<Invalid> invalid(String name, FirstAdmin admin) {
        return Stream.concat(Workspaces.invalid(Optional.of(name), Optional.empty()).stream(), invalid(admin).stream())
                .toList();
    }

    private Created created(
            Tx tx,
            WorkspaceActor.ProjectSide actor,
            ProjectId project,
            String name,
            Optional<String> description,
            FirstAdmin admin,
            String hash) {
        return switch (workspaces.create(tx, actor.context(), project, name, description)) {
            case Workspaces.Created.Done(Workspace workspace) -> withAdmin(tx, actor, workspace, admin, hash);
            case Workspaces.Created.NotEnabled _ -> new Created.NotEnabled();
            case Workspaces.Created.Refused(Refusal refusal) -> new Created.Refused(refusal);
        };
    }

    private static List<Invalid> invalid(FirstAdmin admin) {
        return switch (admin) {
            case FirstAdmin.User user -> WorkspaceUsers.invalid(newUser(user));
            case FirstAdmin.Invited(String email) -> Invitations.invalid(email);
            case FirstAdmin.Later _ -> List.of();
        };
    }

    private static NewUser newUser(FirstAdmin.User user) {
        return new NewUser(user.username(), user.email(), user.password(), WorkspaceRole.ADMIN);
    }

    private Created withAdmin(
            Tx tx, WorkspaceActor.ProjectSide actor, Workspace workspace, FirstAdmin admin, String hash) {
        return switch (admin) {
            case FirstAdmin.Later _ -> new Created.Done(workspace, Optional.empty());
            case FirstAdmin.User user -> {
                users.addFirst(tx, actor, workspace, newUser(user), hash);
                yield new Created.Done(workspace, Optional.empty());
            }
            case FirstAdmin.Invited(String email) -> {
                if (!allowances.mayMail(tx, actor)) {
                    yield tx.undone(new Created.Unconfirmed());
                }
                Optional<Duration> wait = allowances.take(workspace);
                yield wait.isPresent()
                        ? tx.undone(new Created.Refused(new Refusal.TooMany(wait.get())))
                        : new Created.Done(workspace, invitations.inviteFirst(tx, actor, workspace, email));
            }
        };
    }
}
