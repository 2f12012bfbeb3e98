package dev.banyan.accounts.context;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.RecentContextStore;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.UsageStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Brand;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Builds the frame around every signed-in page: the person, the account they act for, and the navigation.
@Singleton
public final class PageFrames {

    static final int BRANDS_IN_SWITCHER = 8;

    private static final int RECENT = 5;

    private record Surroundings(
            String email, Account own, long subAccounts, Choices choices, List<Brand> managed, int invitations) {}

    private record Choices(List<Brand> recent, List<Brand> others) {
        static final Choices NONE = new Choices(List.of(), List.of());
    }

    private final Database database;
    private final Assets assets;

    PageFrames(Database database, Assets assets) {
        this.database = database;
        this.assets = assets;
    }

    public PageFrame of(Call call, AccountContext context, NavItem current, String title) {
        Surroundings around = database.read(tx -> around(tx, context));
        Account acting = context.acting();
        Account own = around.own();
        return new PageFrame(
                title,
                current,
                new PageFrame.Person(around.email(), around.email()),
                Optional.of(new PageFrame.Acting(
                        acting.displayName(),
                        acting.username(),
                        !acting.id().equals(own.id()),
                        acting.suspendsAt().map(Words::date),
                        own.displayName(),
                        own.username())),
                around.choices().recent(),
                around.choices().others(),
                around.managed(),
                (int) around.subAccounts(),
                around.invitations(),
                context.membership().workspaces(),
                !context.isSubAccount() && context.membership().workspaces(),
                !context.isSubAccount() && context.membership().isOwner(),
                context.membership().isOwner(),
                call.caller() instanceof Caller.Operator,
                call.query("done").flatMap(PageFrames::toast),
                Assets.theme(call),
                back(call, acting),
                assets.version());
    }

    /// Returns the frame for pages with a person's sign-in settings.
    public PageFrame of(Call call, SignedInPerson self, String title) {
        return self.around()
                .map(context -> of(call, context, NavItem.SETTINGS, title))
                .orElseGet(() -> ofOperator(call, NavItem.SETTINGS, title));
    }

    private static Surroundings around(Tx tx, AccountContext context) {
        var identities = new IdentityStore(tx);
        Optional<Identity> person = identities.find(context.identity());
        List<ManagedAccount> managed = ManagedAccount.by(tx, context.identity());
        Account own = identities
                .home(context.identity())
                .filter(home -> !home.equals(context.root().id()))
                .flatMap(new AccountStore(tx)::find)
                .orElse(context.membership().everything() ? context.root() : context.acting());
        boolean everything = context.membership().everything();
        long subAccounts = everything
                ? new UsageStore(tx).used(context.root().id(), PlanQuota.SUB_ACCOUNTS)
                : ManagedAccount.listed(managed, context).size();
        Choices choices = subAccounts == 0
                ? Choices.NONE
                : everything
                        ? choices(tx, context)
                        : new Choices(
                                List.of(),
                                ManagedAccount.listed(managed, context).stream()
                                        .limit(BRANDS_IN_SWITCHER)
                                        .map(PageFrames::brand)
                                        .toList());
        return new Surroundings(
                person.map(Identity::email).orElse(""),
                own,
                subAccounts,
                choices,
                managed.stream()
                        .filter(one -> everything
                                || !one.root().id().equals(context.root().id()))
                        .limit(BRANDS_IN_SWITCHER)
                        .map(one -> brand(one.account()))
                        .toList(),
                person.filter(Identity::emailConfirmed)
                        .map(found -> new AccountInvitationStore(tx).countAddressedTo(found.email()))
                        .orElse(0));
    }

    /// Returns what the switcher shows before a search.
    private static Choices choices(Tx tx, AccountContext context) {
        var store = new SubAccountStore(tx);
        AccountId tenant = context.root().id();
        List<AccountId> used = new RecentContextStore(tx).list(tenant, context.identity());
        List<Account> recent = used.isEmpty()
                ? List.of()
                : store.active(tenant, used).stream()
                        .map(SubAccountStore.Row::account)
                        .sorted(Comparator.comparing(account -> used.indexOf(account.id())))
                        .limit(RECENT)
                        .toList();
        List<Account> newest =
                store.list(tenant, SubAccountQuery.newest("", Optional.empty(), BRANDS_IN_SWITCHER + RECENT)).stream()
                        .map(SubAccountStore.Row::account)
                        .filter(account -> !recent.contains(account))
                        .limit(BRANDS_IN_SWITCHER)
                        .toList();
        return new Choices(
                recent.stream().map(PageFrames::brand).toList(),
                newest.stream().map(PageFrames::brand).toList());
    }

    /// Returns the address of this page without the toast of the previous one, or of the dashboard if the page answers
    /// a form and has no address. It names the account that the page was drawn for, even if the page's own address does
    /// not.
    private static String back(Call call, Account acting) {
        String path = back(call, Paths.HOME);
        return call.isGet() && call.namedAccount().isPresent()
                ? path
                : path + (path.contains("?") ? "&" : "?") + "as=" + acting.username();
    }

    private static String back(Call call, String instead) {
        return call.isGet() ? call.path().replaceFirst("[?&]done=[a-z-]*$", "") : instead;
    }

    /// Returns the frame for an operator, who may have no account.
    public PageFrame ofOperator(Call call, NavItem current, String title) {
        String email = call.identity()
                .flatMap(id -> database.read(tx -> new IdentityStore(tx).find(id)))
                .map(Identity::email)
                .orElse("");
        return ofOperator(call, email, current, title);
    }

    /// Returns the frame for a person who no longer belongs to any account.
    public PageFrame ofPerson(Call call, String title) {
        return ofOperator(call, NavItem.NONE, title);
    }

    public PageFrame ofOperator(Call call, String email, String title) {
        return ofOperator(call, email, NavItem.OPERATOR_ACCOUNTS, title);
    }

    private PageFrame ofOperator(Call call, String email, NavItem current, String title) {
        return new PageFrame(
                title,
                current,
                new PageFrame.Person(email, email),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                0,
                0,
                false,
                false,
                false,
                false,
                call.caller() instanceof Caller.Operator,
                call.query("done").flatMap(PageFrames::toast),
                Assets.theme(call),
                back(call, Paths.OPERATOR_HOME),
                assets.version());
    }

    public static Brand brand(Account account) {
        return new Brand(
                account.displayName(),
                account.username(),
                account.status() == AccountStatus.ACTIVE,
                account.suspendsAt().map(Words::date));
    }

    /// Returns the message about the previous page's action. The address carries a word, not a sentence, so that no
    /// link can make our page show other text.
    private static Optional<String> toast(String done) {
        return Optional.ofNullable(
                switch (done) {
                    case "sub-account-created" -> "Sub-account created";
                    case "report-on" -> "Weekly report switched on";
                    case "report-off" -> "Weekly report switched off";
                    case "sub-account-saved" -> "Details saved";
                    case "sub-account-suspended" -> "Sub-account suspended";
                    case "sub-account-reactivated" -> "Sub-account reactivated";
                    case "sub-account-deleted" -> "Sub-account deleted. You can restore it for 30 days.";
                    case "sub-account-restored" -> "Sub-account restored";
                    case "profile-saved" -> "Profile saved";
                    case "email-saved" -> "We sent a link to your new e-mail";
                    case "email-cancelled" -> "E-mail change cancelled";
                    case "link-mailed" -> "Link sent";
                    case "password-saved" -> "Password changed";
                    case "session-ended" -> "Signed out there";
                    case "sessions-ended" -> "Signed out everywhere else";
                    case "device-mails-on" -> "You hear of new devices by mail";
                    case "device-mails-off" -> "No more mails about new devices";
                    case "passkey-added" -> "Passkey added";
                    case "passkey-renamed" -> "Passkey renamed";
                    case "passkey-removed" -> "Passkey removed";
                    case "second-factor-off" -> "Two-step sign-in is off";
                    case "second-factor-reset" -> "Two-step sign-in reset";
                    case "phone-saved" -> "Phone saved";
                    case "phone-removed" -> "Phone removed";
                    case "page-created" -> "Page created";
                    case "page-saved" -> "Page saved";
                    case "picture-saved" -> "Picture saved";
                    case "icons-saved" -> "Social icons saved";
                    case "page-deleted" -> "Page deleted";
                    case "api-key-saved" -> "API key saved";
                    case "api-key-disabled" -> "API key disabled";
                    case "api-key-enabled" -> "API key active again";
                    case "api-key-deleted" -> "API key deleted";
                    case "job-started" -> "Job started";
                    case "page-copied" -> "Page copied";
                    case "page-published" -> "Page published";
                    case "page-unpublished" -> "Page is not published any more";
                    case "pages-ordered" -> "Order saved";
                    case "content-restored" -> "It is back";
                    case "short-link-created" -> "Short link created";
                    case "short-links-imported" -> "Short links created";
                    case "short-links-imported-in-part" -> "Short links created. Lines with a mistake were left out.";
                    case "short-link-saved" -> "Short link saved";
                    case "short-link-on" -> "Short link switched on";
                    case "short-link-off" -> "Short link switched off";
                    case "short-link-deleted" -> "Short link deleted";
                    case "account-disabled" -> "Account switched off";
                    case "account-enabled" -> "Account switched on";
                    case "mail-retried" -> "The mail is tried again in a moment";
                    case "mail-discarded" -> "Mail discarded";
                    case "mail-gone" -> "The mail has gone out, or was discarded, already";
                    case "lock-out-lifted" -> "Lock-out lifted";
                    case "lock-out-over" -> "Nobody is locked out there any more";
                    case "plan-saved" -> "Plan saved";
                    case "plan-changed" -> "Plan changed";
                    case "brands-kept" -> "Your choice is kept";
                    case "master-added" -> "Master added";
                    case "servant-added" -> "Servant added";
                    case "servant-moved" -> "Servant moved";
                    case "servant-removed" -> "Servant removed";
                    case "master-removed" -> "Master removed";
                    case "servants-moved" -> "All servants moved";
                    case "sender-saved" -> "Sender saved";
                    case "sender-unlinked" -> "Sender logged out";
                    case "fault-done" -> "Done. The events say what came of it.";
                    case "pool-saved" -> "Pool settings saved";
                    case "message-ordered" -> "Message on its way";
                    case "message-resent" -> "Message is sent once more";
                    case "message-given-up" -> "Message given up";
                    case "message-decided" -> "Somebody has decided already";
                    case "bulk-done" -> "Done";
                    case "message-us-saved" -> "“Message us” saved";
                    case "project-created" -> "Project created";
                    case "project-saved" -> "Project saved";
                    case "registration-approved" -> "Registration approved";
                    case "registration-rejected" -> "Registration rejected";
                    case "registration-gone" -> "This registration isn’t waiting any more";
                    case "registration-taken" -> "That username or email is a user’s by now. Reject this registration.";
                    case "project-deleted" -> "Project deleted";
                    case "workspaces-on" -> "Workspaces turned on";
                    case "workspaces-off" -> "Workspaces turned off";
                    case "registration-open" -> "Registration opened";
                    case "registration-closed" -> "Registration closed";
                    case "workspace-created" -> "Workspace created";
                    case "workspace-imported" -> "Workspace imported";
                    case "workspace-saved" -> "Workspace saved";
                    case "workspace-default" -> "Default workspace saved";
                    case "look-saved" -> "Look saved";
                    case "limit-saved" -> "Limit saved";
                    case "workspace-suspended" -> "Workspace suspended";
                    case "workspace-activated" -> "Workspace activated";
                    case "workspace-deleted" -> "Workspace deleted";
                    case "assistant-saved" -> "Assistant saved";
                    case "person-invited" -> "Invitation sent";
                    case "person-removed" -> "Removed";
                    case "person-left" -> "You left the account";
                    case "invitation-accepted" -> "Invitation accepted";
                    case "invitation-declined" -> "Invitation declined";
                    case "user-added" -> "User added";
                    case "user-removed" -> "User removed";
                    case "invitation-sent" -> "Invitation sent";
                    case "invitation-revoked" -> "Invitation taken back";
                    case "password-link-sent" -> "A link to a new password is on its way";
                    case "too-many-mails" -> "Too many mails were sent. Wait an hour.";
                    case "export-busy" -> "Another export is under way. Try again when it is over.";
                    case "confirm-first" ->
                        "Confirm your own e-mail first: open the link in the mail that we sent you.";
                    case "role-saved" -> "Role saved";
                    case "second-factor-required" -> "Two-step verification required";
                    case "second-factor-optional" -> "Two-step verification optional";
                    case "number-unlinked" -> "Number unlinked";
                    case "number-removed" -> "Number removed";
                    default -> null;
                });
    }
}
