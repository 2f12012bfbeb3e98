package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.AccountRequests;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.accounts.context.Navigation;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Brand;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The switcher: in the top bar, and as a page of its own.
@Path(Paths.CONTEXT)
@RunOnVirtualThread
class ContextPageResource {

    private static final int OPTIONS = 20;
    private static final int ROWS = 50;

    private final AccountRequests requests;
    private final Contexts contexts;
    private final SubAccounts subAccounts;
    private final People people;
    private final PageFrames frames;

    private record Found(List<Brand> brands, Optional<AccountId> next) {}

    ContextPageResource(
            AccountRequests requests, Contexts contexts, SubAccounts subAccounts, People people, PageFrames frames) {
        this.requests = requests;
        this.contexts = contexts;
        this.subAccounts = subAccounts;
        this.people = people;
        this.frames = frames;
    }

    @GET
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("from") @DefaultValue("") String from) {
        AccountPage page = requests.chooser(call);
        AccountContext context = page.context();
        Optional<AccountId> cursor = AccountId.parse(after);
        List<ManagedAccount> managed = people.joined(context.identity());
        Found found = find(context, managed, search, cursor, ROWS);
        return Html.ok(new ContextPage(
                page.frame(NavItem.NONE, "Switch account"),
                search,
                section(from),
                cursor.isEmpty() && search.isBlank() ? recent(context) : List.of(),
                found.brands(),
                cursor.isEmpty() ? ofOthers(context, managed, search) : List.of(),
                cursor.isEmpty(),
                found.next().map(next -> path(context, search, from) + "&after=" + next)));
    }

    /// Returns the sub-accounts of the context's root account that the person may act for.
    private Found find(
            AccountContext context, List<ManagedAccount> managed, String search, Optional<AccountId> after, int limit) {
        if (context.membership().everything()) {
            var listed = subAccounts.list(context, search, after, limit);
            return new Found(
                    frames.brands(listed.subAccounts().stream()
                            .map(SubAccounts.SubAccount::account)
                            .toList()),
                    listed.next());
        }
        return new Found(
                frames.brands(ManagedAccount.listed(managed, context).stream()
                        .filter(account -> isFound(account, search))
                        .toList()),
                Optional.empty());
    }

    private List<Brand> ofOthers(AccountContext context, List<ManagedAccount> managed, String search) {
        return frames.brands(managed.stream()
                .filter(one -> context.membership().everything()
                        || !one.root().id().equals(context.root().id()))
                .map(ManagedAccount::account)
                .filter(account -> isFound(account, search))
                .toList());
    }

    private static boolean isFound(Account account, String search) {
        String wanted = Names.lower(search);
        return account.username().contains(wanted)
                || account.displayName().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private List<Brand> recent(AccountContext context) {
        if (!context.membership().everything()) {
            return List.of(); // everything fits in one short list
        }
        return frames.brands(subAccounts.recent(context).stream()
                .map(SubAccounts.SubAccount::account)
                .toList());
    }

    /// Returns the section that one came from, and stays in; empty if it is none of ours.
    private static String section(String from) {
        return Keyed.parse(NavItem.class, from).map(NavItem::key).orElse("");
    }

    private static String path(AccountContext context, String search, String from) {
        return Paths.CONTEXT + "?as=" + context.acting().username()
                + (section(from).isEmpty() ? "" : "&from=" + section(from))
                + (search.isEmpty() ? "" : "&q=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
    }

    /// Sets the account that new pages open with, and redirects to the section of it that one came from, or to its
    /// dashboard where it has no such section; `target` is a username. Programs that share the session keep their
    /// context.
    @POST
    public Response switchTo(
            @Context Call call,
            @FormParam("target") @DefaultValue("") String target,
            @FormParam("from") @DefaultValue("") String from) {
        AccountContext context = requests.visit(call, target).context();
        String path = contexts.switchPages(
                                call.caller(),
                                call.actor(),
                                context.acting().id().toString())
                        instanceof Resolved.Found(AccountContext now)
                ? Keyed.parse(NavItem.class, from)
                                .filter(item -> Navigation.has(now, item))
                                .map(item -> item.path)
                                .orElse(Paths.HOME)
                        + "?as="
                        + now.acting().username()
                : Paths.HOME; // ended between the two checks
        return Html.seeOther(call, path);
    }

    /// Answers the options of a field for a brand.
    ///
    /// @param field whose value is what someone types
    @GET
    @Path("brands")
    public Response brands(@Context AccountPage page, @QueryParam("field") @DefaultValue("") String field) {
        AccountContext context = page.context();
        List<ManagedAccount> managed =
                context.membership().everything() ? List.of() : people.joined(context.identity());
        return Html.ok(new BrandOptions(find(context, managed, page.query(field).orElse(""), Optional.empty(), ROWS)
                .brands()));
    }

    @GET
    @Path("options")
    public Response options(
            @Context AccountPage page,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("from") @DefaultValue("") String from) {
        AccountContext context = page.context();
        List<ManagedAccount> managed =
                context.membership().everything() ? List.of() : people.joined(context.identity());
        Found found = find(context, managed, search, Optional.empty(), OPTIONS);
        List<Brand> aside = search.isBlank() ? recent(context) : List.of(); // shown above the others
        return Html.ok(new SwitcherOptions(
                context.acting().username(),
                search,
                found.brands().stream().filter(brand -> !aside.contains(brand)).toList(),
                found.next().isPresent(),
                path(context, search, from)));
    }
}
