package dev.banyan.workspaces;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import java.util.Map;

/// Who acts on a workspace: somebody of the project's side, or a member of that workspace. The kind is asked before any
/// id is compared, for numbers of workspace users and ids of identities have nothing to do with each other.
public sealed interface WorkspaceActor {

    Actor actor();

    /// Whose data is touched: the account of the project.
    Owner owner();

    /// What the audit says about this actor beside the identity.
    Map<String, Object> auditDetails();

    /// A person who acts for the project's account: an owner, or a manager whose role includes workspaces. Others are
    /// refused before, with an answer; that nothing can be done in their name holds here.
    record ProjectSide(AccountContext context) implements WorkspaceActor {

        public ProjectSide {
            if (!context.membership().workspaces()) {
                throw new IllegalArgumentException("A manager without workspaces acts on none");
            }
        }

        @Override
        public Actor actor() {
            return context.actor();
        }

        @Override
        public Owner owner() {
            return context.owner();
        }

        @Override
        public Map<String, Object> auditDetails() {
            return Map.of();
        }
    }

    /// A user of a workspace that is neither suspended nor switched off.
    ///
    /// @param registrationOpen whether people may register in it: both switches
    /// @param user as they were when the request came in; operations look again in their transaction
    record Member(Actor actor, Workspace workspace, boolean registrationOpen, WorkspaceUser user, String sessionHash)
            implements WorkspaceActor {

        @Override
        public Owner owner() {
            return workspace.owner();
        }

        @Override
        public Map<String, Object> auditDetails() {
            return Map.of("workspaceUser", user.id());
        }
    }
}
