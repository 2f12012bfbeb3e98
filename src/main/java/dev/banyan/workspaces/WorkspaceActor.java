package dev.banyan.workspaces;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.db.Tx;

/// Who acts on a workspace: a person of the project's side or a member of that workspace. Check the kind before
/// comparing ids: ids of workspace users and ids of identities are unrelated.
public sealed interface WorkspaceActor {

    Actor actor();

    /// The account of the project, which owns the data.
    Owner owner();

    /// What the audit log records about this actor in addition to the identity.
    Map<String, Object> auditDetails();

    /// Returns the id of this person, among those of the same kind.
    default Object person() {
        return switch (this) {
            case ProjectSide side -> side.context().identity();
            case Member member -> member.user().id();
        };
    }

    /// Returns true for a person of the project's side, who may have entered the workspace.
    default boolean isOfProjectSide() {
        return switch (this) {
            case ProjectSide _ -> true;
            case Member member -> member.side().isPresent();
        };
    }

    /// Returns whether this is the person of the project's side who acts in this context.
    default boolean isOf(AccountContext context) {
        return this instanceof ProjectSide(AccountContext own)
                && own.owner().equals(context.owner())
                && own.identity().equals(context.identity());
    }

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
    /// @param key of the program that acts with one: `user` is the one that it names, or stands for it
    record Member(
            Actor actor,
            Workspace workspace,
            boolean registrationOpen,
            WorkspaceUser user,
            String sessionHash,
            Optional<AccountContext> side,
            Optional<Key> key)
            implements WorkspaceActor {

        /// The number of no user.
        public static final int VISITOR = 0;

        public Member(
                Actor actor, Workspace workspace, boolean registrationOpen, WorkspaceUser user, String sessionHash) {
            this(actor, workspace, registrationOpen, user, sessionHash, Optional.empty(), Optional.empty());
        }

        /// Returns true for someone without a user here: a person of the project's side, or a program.
        public boolean isVisitor() {
            return user.id() == VISITOR;
        }

        @Override
        public Owner owner() {
            return workspace.owner();
        }

        @Override
        public Map<String, Object> auditDetails() {
            var details = new HashMap<String, Object>();
            key.ifPresent(program -> details.put(AuditEntry.API_KEY, program.id()));
            if (!isVisitor()) {
                details.put("workspaceUser", user.id());
            }
            return Map.copyOf(details);
        }
    }

    /// An API key of a workspace, as the one who acts.
    ///
    /// @param permissions what its routes need, such as `users`
    /// @param stillWorks checked in the transaction that acts: whether it still exists
    record Key(String id, Set<String> permissions, Predicate<Tx> stillWorks) {

        /// Returns true if users with this role may be added, changed and removed. A key makes no admins, and
        /// gives no one an inbox that it can't use itself.
        public boolean mayGive(WorkspaceRole role) {
            return switch (role) {
                case ADMIN -> false;
                case AGENT -> permissions.contains("inbox");
                case USER -> true;
            };
        }
    }

    /// Returns true for a person who acts in their own name, and not a program with a key or an operator who helps.
    default boolean isInPerson() {
        return switch (this) {
            case ProjectSide side -> side.context().isInPerson();
            case Member member ->
                member.key().isEmpty() && member.side().stream().allMatch(AccountContext::isInPerson);
        };
    }

    /// Returns true if the actor may give this role, which people's rights decide. A program with an account's key
    /// reads no inbox and changes no settings that only people may, so it can't make those who do.
    default boolean mayGive(WorkspaceRole role) {
        return mayTake(role) && (role == WorkspaceRole.USER || this instanceof Member || isInPerson());
    }

    /// Returns true if the actor may change and remove users with this role.
    default boolean mayTake(WorkspaceRole role) {
        return !(this instanceof Member member) || member.key().stream().allMatch(key -> key.mayGive(role));
    }
}
