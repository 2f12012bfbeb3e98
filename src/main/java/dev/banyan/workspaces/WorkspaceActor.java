package dev.banyan.workspaces;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import java.util.Map;
import java.util.Optional;

/// Who acts on a workspace: a person of the project's side or a member of that workspace. Check the kind before
/// comparing ids: ids of workspace users and ids of identities are unrelated.
public sealed interface WorkspaceActor {

    Actor actor();

    /// The account of the project, which owns the data.
    Owner owner();

    /// What the audit log records about this actor in addition to the identity.
    Map<String, Object> auditDetails();

    /// A person who acts for the project's account: an owner, or a manager whose role includes workspaces. Others are
    /// refused earlier, with a response; this type guarantees that nothing is done in their name.
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
    /// @param user as of the start of the request; operations check again in their transaction
    /// @param side the account that a person of the project's side acts for, who entered the workspace without a
    ///     user of their own: `user` stands for them then, with the number [#VISITOR]
    record Member(
            Actor actor,
            Workspace workspace,
            boolean registrationOpen,
            WorkspaceUser user,
            String sessionHash,
            Optional<AccountContext> side)
            implements WorkspaceActor {

        /// The number of no user.
        public static final int VISITOR = 0;

        public Member(
                Actor actor, Workspace workspace, boolean registrationOpen, WorkspaceUser user, String sessionHash) {
            this(actor, workspace, registrationOpen, user, sessionHash, Optional.empty());
        }

        public boolean isVisitor() {
            return side.isPresent();
        }

        @Override
        public Owner owner() {
            return workspace.owner();
        }

        @Override
        public Map<String, Object> auditDetails() {
            return isVisitor() ? Map.of() : Map.of("workspaceUser", user.id());
        }
    }
}
