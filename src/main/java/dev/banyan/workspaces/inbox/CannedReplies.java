package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.MessageText;
import dev.banyan.workspaces.Placeholders;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;

/// Saved replies: all agents of a workspace use them, its admins change them.
@Singleton
public record CannedReplies(Database database, Audit audit, Uuids uuids, Clock clock) {

    /// How many a workspace may have.
    public static final int MOST = 200;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-][\\p{L}\\p{M}\\p{N}_-]{0,29}");

    /// Result of a change.
    public sealed interface Changed {

        record Done(CannedReply reply) implements Changed {}

        record NotFound() implements Changed {}

        /// An agent who isn't an admin.
        record Forbidden() implements Changed {}

        record Rejected(Invalid invalid) implements Changed {}

        record NameTaken(String name) implements Changed {}

        record TooMany(int most) implements Changed {}
    }

    /// What a saved reply can insert.
    static final List<String> PLACEHOLDERS = List.of("name", "agent", "workspace");

    private record ReplyRequest(String name, String text) {}

    /// Fills the placeholders of a reply in a conversation: who gets it, who writes it, and where.
    static String fill(String text, InboxThread thread, String agent, Workspace workspace) {
        return Placeholders.fill(
                text, Map.of("name", thread.personName().orElse(""), "agent", agent, "workspace", workspace.name()));
    }

    /// Lists saved replies by name; empty for users without access to the inbox.
    public List<CannedReply> list(Member member) {
        return database.read(tx -> InboxAccess.to(tx, member)
                .map(workspace ->
                        new CannedReplyStore(tx).list(workspace.owner().tenant(), workspace.id(), MOST))
                .orElseGet(List::of));
    }

    public Changed create(Member member, String name, String text) {
        return change(member, name, text, (tx, wanted) -> {
            AccountId tenant = member.workspace().owner().tenant();
            WorkspaceId workspace = member.workspace().id();
            var store = new CannedReplyStore(tx);
            if (store.count(tenant, workspace) >= MOST) {
                return new Changed.TooMany(MOST);
            }
            if (store.isTaken(tenant, workspace, wanted.name(), Optional.empty())) {
                return new Changed.NameTaken(wanted.name());
            }
            Instant now = clock.instant();
            var reply = new CannedReply(uuids.next(), wanted.name(), wanted.text(), now, now);
            store.insert(tenant, workspace, reply);
            note(tx, member, "CannedReplyCreated", reply);
            return new Changed.Done(reply);
        });
    }

    public Changed update(Member member, UUID id, String name, String text) {
        return change(member, name, text, (tx, wanted) -> {
            AccountId tenant = member.workspace().owner().tenant();
            WorkspaceId workspace = member.workspace().id();
            var store = new CannedReplyStore(tx);
            Optional<CannedReply> known = store.find(tenant, workspace, id);
            if (known.isEmpty()) {
                return new Changed.NotFound();
            }
            if (store.isTaken(tenant, workspace, wanted.name(), Optional.of(id))) {
                return new Changed.NameTaken(wanted.name());
            }
            if (wanted.name().equals(known.get().name())
                    && wanted.text().equals(known.get().text())) {
                return new Changed.Done(known.get());
            }
            var reply = new CannedReply(
                    id, wanted.name(), wanted.text(), known.get().createdAt(), clock.instant());
            store.update(tenant, workspace, reply);
            note(tx, member, "CannedReplyUpdated", reply);
            return new Changed.Done(reply);
        });
    }

    public Changed delete(Member member, UUID id) {
        return database.write(tx -> asAdmin(tx, member, () -> {
            AccountId tenant = member.workspace().owner().tenant();
            WorkspaceId workspace = member.workspace().id();
            var store = new CannedReplyStore(tx);
            Optional<CannedReply> known = store.find(tenant, workspace, id);
            if (known.isEmpty() || !store.delete(tenant, workspace, id)) {
                return new Changed.NotFound();
            }
            note(tx, member, "CannedReplyDeleted", known.get());
            return new Changed.Done(known.get());
        }));
    }

    private Changed change(Member member, String name, String text, BiFunction<Tx, ReplyRequest, Changed> work) {
        if (!Right.CHANGE_CANNED_REPLIES.isOf(member.user().role())) {
            return new Changed.Forbidden(); // checked before the input is validated
        }
        String shortName = Normalizer.normalize(name.strip(), Normalizer.Form.NFC)
                .replaceFirst("^/", "")
                .toLowerCase(Locale.ROOT);
        if (!NAME.matcher(shortName).matches()) {
            return new Changed.Rejected(
                    new Invalid("name", "Name must be 1 to 30 letters, digits, underscores or hyphens"));
        }
        return switch (MessageText.check(text)) {
            case MessageText.Checked.Bad bad ->
                new Changed.Rejected(bad.invalid().in("text"));
            case MessageText.Checked.Good good ->
                database.write(tx ->
                        asAdmin(tx, member, () -> work.apply(tx, new ReplyRequest(shortName, good.text()))));
        };
    }

    /// Locks the workspace, so that the name and the limit can't be taken between check and change.
    private static Changed asAdmin(Tx tx, Member member, Supplier<Changed> work) {
        Workspace workspace = member.workspace();
        return Access.locked(tx, member, Right.CHANGE_CANNED_REPLIES, workspace.project(), workspace.id())
                .fold(
                        _ -> work.get(),
                        refusal -> refusal instanceof Refusal.Forbidden
                                ? new Changed.Forbidden()
                                : new Changed.NotFound());
    }

    private void note(Tx tx, Member member, String action, CannedReply reply) {
        Map<String, Object> details = new HashMap<>(member.auditDetails());
        details.put("name", reply.name());
        audit.note(tx, member.actor(), member.workspace(), action, details);
    }
}
