package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Wraps every resource method on an account's data: finds the context, or answers why there is none, in JSON or as a
/// page. Denials are audited here only.
@Singleton
public record AccountGuard(Contexts contexts, Audit audit, ErrorPages errorPages) {

    /// What the query of a route for programs may name.
    private static final List<String> NAMING = List.of("UserId", "subAccountId", "pageId");

    private static final Pattern NO_LETTER = Pattern.compile("[^A-Za-z]");

    public static final String NOT_MANAGED = "Unauthorized: You do not manage this sub-account";
    /// The error in the envelope; the LinkToMe routes say `Unauthorized`.
    public static final String NOT_SIGNED_IN = "Not authenticated";
    public static final String NOT_PERMITTED = "Insufficient permissions";
    /// The refusal that managers read about projects if their role does not include workspaces.
    public static final String WITHOUT_WORKSPACES =
            "Your role doesn't include workspaces. Ask an owner to add them to it.";

    public static final String SUSPENDED = "Invalid sub-account";

    /// Returns the refusal of writes that a sub-account does not have: sign-in, people, subscription (the seed's
    /// words).
    public static String managedBy(String parent) {
        return "This is a sub-account managed by " + parent + ". Authentication and management features are disabled.";
    }

    /// The answer to a write in a read-only account.
    public record ReadOnlyFailure(String error, Instant readOnlyUntil) {

        public static ReadOnlyFailure of(Instant until) {
            return new ReadOnlyFailure(readOnly(until), until);
        }
    }

    /// The same answer in the envelope.
    record ReadOnlyRefusal(boolean success, String error, Instant readOnlyUntil) {

        static ReadOnlyRefusal of(Instant until) {
            return new ReadOnlyRefusal(false, readOnly(until), until);
        }
    }

    /// Finds the account of a JSON route, which names it in the query or not at all.
    ///
    /// @throws EarlyAnswer if the caller may not act for it
    public AccountContext account(Call call) {
        return account(call, Optional.empty());
    }

    /// @param inBody the account that the body names; the query takes precedence
    AccountContext account(Call call, Optional<String> inBody) {
        refuseMisspelt(call);
        Resolved resolved = orSetUp(
                call,
                contexts.resolve(
                        call.caller(), call.actor(), call.namedAccount().or(() -> inBody), call.isWrite()));
        return switch (resolved) {
            case Resolved.Found(AccountContext context) -> permitted(call, context);
            case Resolved.Refused refusal -> throw new EarlyAnswer(jsonRefusal(call, refusal));
        };
    }

    /// Lets people who must first set up a second factor do that, and nothing else.
    private static Resolved orSetUp(Call call, Resolved resolved) {
        return resolved instanceof Resolved.SecondFactorMissing(AccountContext context)
                        && RequiredSecondFactor.setsUp(call.route())
                ? new Resolved.Found(context)
                : resolved;
    }

    /// Refuses managers whose role does not include the route; the operations refuse everyone else.
    private AccountContext permitted(Call call, AccountContext context) {
        if (RouteRights.permit(call.route(), context.membership())) {
            return context;
        }
        audit.denied(call.actor(), call.route());
        throw new EarlyAnswer(Answers.failure(403, notPermitted(call)));
    }

    private static String notPermitted(Call call) {
        return RouteRights.isOfWorkspaces(call.route()) ? WITHOUT_WORKSPACES : NOT_PERMITTED;
    }

    /// A parameter that names an account or a page in other letters would do nothing, and the request would act on the
    /// caller's own account or on its main page.
    private static void refuseMisspelt(Call call) {
        for (String name : call.routing().queryParams().names()) {
            Matcher sign = NO_LETTER.matcher(name);
            if (sign.find()) { // few names have one
                String letters = sign.replaceAll("");
                NAMING.stream().filter(letters::equalsIgnoreCase).findFirst().ifPresent(meant -> {
                    throw AccountRequest.refused(400, "Unknown parameter: " + name + ". Did you mean " + meant + "?");
                });
            }
        }
    }

    /// Finds the account of a route that answers in the envelope `{success, data?, message?, error?}`.
    ///
    /// @param caller the call's caller, unless the route knows better
    /// @throws EarlyAnswer if the caller may not act for it
    public AccountContext envelopedAccount(Call call, Caller caller) {
        return switch (contexts.resolve(caller, call.actor(), call.namedAccount(), call.isWrite())) {
            case Resolved.Found found
            when RouteRights.permit(call.route(), found.context().membership()) -> found.context();
            case Resolved.Found _ -> throw denied(call, 403, notPermitted(call));
            case Resolved.NotSignedIn _ -> throw denied(call, 401, NOT_SIGNED_IN);
            case Resolved.NoAccount _ -> throw denied(call, 403, NOT_PERMITTED);
            case Resolved.SecondFactorMissing _ -> throw denied(call, 403, RequiredSecondFactor.MISSING);
            case Resolved.NotManaged _ -> throw denied(call, 404, NOT_MANAGED);
            case Resolved.Suspended _, Resolved.Ended _ -> throw denied(call, 404, SUSPENDED);
            case Resolved.ReadOnly readOnly -> {
                audit.denied(call.actor(), call.route());
                throw new EarlyAnswer(Response.status(403)
                        .entity(ReadOnlyRefusal.of(readOnly.until()))
                        .build());
            }
        };
    }

    private EarlyAnswer denied(Call call, int status, String text) {
        return new EarlyAnswer(refused(call, status, text));
    }

    /// Returns a refusal in the envelope and audits it.
    public Response refused(Call call, int status, String text) {
        audit.denied(call.actor(), call.route());
        return Answers.refused(status, text);
    }

    /// Refuses a page that is reserved to owners, and audits it.
    public EarlyAnswer forOwners(Call call, String why) {
        audit.denied(call.actor(), call.route());
        return new EarlyAnswer(errorPages.answer(call, 403, "Only owners can open this page", why));
    }

    /// Finds the context's root account, for routes whose body names the target.
    ///
    /// @throws EarlyAnswer if the caller may not act for it
    AccountContext rootAccount(Call call) {
        return switch (contexts.resolveRoot(call.caller(), call.actor(), call.namedAccount(), call.isWrite())) {
            case Resolved.Found(AccountContext root) -> permitted(call, root);
            case Resolved.Refused refusal -> throw new EarlyAnswer(jsonRefusal(call, refusal));
        };
    }

    /// Refuses routes that sub-accounts don't have: sign-in, API keys, users, subscription.
    ///
    /// @return the refusal if the context is a sub-account
    public Optional<Response> managedRefusal(Call call, AccountContext context) {
        return context.parent().map(parent -> {
            audit.denied(call.actor(), call.route());
            return Answers.failure(403, managedBy(parent.username()));
        });
    }

    /// Returns the message for changes in a read-only account.
    public static String readOnly(Instant until) {
        return "This sub-account is read-only until " + Words.day(until)
                + ". Upgrade the plan or delete sub-accounts to keep it.";
    }

    public Response jsonRefusal(Call call, Resolved.Refused refusal) {
        audit.denied(call.actor(), call.route());
        return switch (refusal) {
            case Resolved.NotSignedIn _ -> Answers.failure(401, "Unauthorized");
            case Resolved.NoAccount _ -> Answers.failure(403, NOT_PERMITTED);
            case Resolved.SecondFactorMissing _ -> Answers.failure(403, RequiredSecondFactor.MISSING);
            case Resolved.NotManaged _ -> Answers.failure(404, NOT_MANAGED);
            case Resolved.Suspended _, Resolved.Ended _ -> Answers.failure(404, SUSPENDED);
            case Resolved.ReadOnly readOnly ->
                Response.status(403)
                        .entity(ReadOnlyFailure.of(readOnly.until()))
                        .build();
        };
    }

    /// Finds the account around the page on which people choose one. Without a named account it is the person's own, or
    /// the first that they work for, so that it works when access to all others is gone.
    ///
    /// @throws EarlyAnswer if the caller may not see it
    AccountContext chooser(Call call) {
        if (call.namedAccount().isPresent()) {
            return permittedAccount(call, Optional.empty(), call.isWrite());
        }
        return switch (contexts.opened(call.caller(), call.actor())) {
            case Resolved.Found(AccountContext context) -> {
                refuseUnlessPermitted(call, context);
                yield context;
            }
            case Resolved.Refused refusal -> throw new EarlyAnswer(pageRefusal(call, refusal));
        };
    }

    /// Finds the person of a page with their sign-in settings. It also works for people without an account of their
    /// own, whatever account they work for. Pages that show more than how they sign in need that account's rights.
    ///
    /// @throws EarlyAnswer if nobody is signed in, or they may not see it
    SignedInPerson pagePerson(Call call, String inForm) {
        Optional<String> named = Optional.of(inForm).filter(as -> !as.isEmpty()).or(call::namedAccount);
        SignedInPerson self = withoutAccount(call, named)
                .orElseGet(() -> SignedInPerson.of(pageAccount(call, named, call.isWrite())));
        if (!RequiredSecondFactor.setsUp(call.route())) {
            self.context().ifPresent(context -> refuseUnlessPermitted(call, context));
        }
        return self;
    }

    /// Finds the person for programs that ask about their context. It also works without an account, and for the
    /// person's own account if the context has ended.
    ///
    /// @throws EarlyAnswer if nobody is signed in
    public SignedInPerson personWherever(Call call) {
        Resolved resolved = contexts.resolve(call.caller(), call.actor(), call.namedAccount());
        Resolved here = resolved instanceof Resolved.Ended ? contexts.own(call.caller(), call.actor()) : resolved;
        return switch (here) {
            case Resolved.Found(AccountContext context) -> SignedInPerson.of(permitted(call, context));
            case Resolved.NoAccount none ->
                LoginSessions.hashOf(call.caller())
                        .flatMap(_ -> call.identity())
                        .filter(person -> isSelf(person, call.namedAccount()))
                        .map(person -> SignedInPerson.withoutAccount(call.actor(), person, Optional.empty()))
                        .orElseThrow(() -> new EarlyAnswer(jsonRefusal(call, none)));
            case Resolved.Refused refusal -> throw new EarlyAnswer(jsonRefusal(call, refusal));
        };
    }

    /// Finds the person of a JSON route about their sign-in.
    ///
    /// @throws EarlyAnswer if nobody is signed in, or they may not
    SignedInPerson person(Call call) {
        return withoutAccount(call, call.namedAccount()).orElseGet(() -> SignedInPerson.of(account(call)));
    }

    /// Returns a person without an account of their own. Changes to their own settings are not writes to the account
    /// shown around the page, which may be read-only.
    private Optional<SignedInPerson> withoutAccount(Call call, Optional<String> named) {
        Optional<IdentityId> person = LoginSessions.hashOf(call.caller())
                .flatMap(_ -> call.actor().identity())
                .filter(contexts::hasNoAccount);
        if (person.isEmpty()) {
            return Optional.empty();
        }
        Optional<AccountContext> around = orSetUp(call, contexts.resolvePage(call.caller(), call.actor(), named, false))
                        instanceof Resolved.Found(AccountContext context)
                ? Optional.of(context)
                : Optional.empty();
        return isSelf(person.get(), named) || around.isPresent()
                ? Optional.of(SignedInPerson.withoutAccount(call.actor(), person.get(), around))
                : Optional.empty();
    }

    /// Returns true if a request of a person without an account is about themselves: it names nothing, or their own id.
    private static boolean isSelf(IdentityId person, Optional<String> named) {
        return named.isEmpty() || named.get().equals(person.toString());
    }

    /// Finds the account of a form that changes nothing in it.
    ///
    /// @throws EarlyAnswer if the caller may not see it
    AccountContext visited(Call call, String inForm) {
        return permittedAccount(call, Optional.of(inForm), false);
    }

    /// Finds the account of a page, which links name with `?as=username`. [ReadOnlyPages] then adapts the answer to
    /// what may be changed there.
    ///
    /// @param inForm the account that the form was drawn for; empty without a form
    /// @throws EarlyAnswer if the caller may not see it
    public AccountContext pageAccount(Call call, String inForm) {
        return permittedAccount(call, Optional.of(inForm), call.isWrite());
    }

    private AccountContext permittedAccount(Call call, Optional<String> inForm, boolean writes) {
        AccountContext context =
                pageAccount(call, inForm.filter(as -> !as.isEmpty()).or(call::namedAccount), writes);
        refuseUnlessPermitted(call, context);
        return context;
    }

    /// Forms and htmx requests name the account that the page was drawn for, because another tab may have switched
    /// since. Only a new page may open with the account that was switched to last.
    private AccountContext pageAccount(Call call, Optional<String> named, boolean writes) {
        return switch (orSetUp(call, contexts.resolvePage(call.caller(), call.actor(), named, writes))) {
            case Resolved.Found(AccountContext context) -> {
                if (named.isEmpty() && (call.isWrite() || call.isHtmx())) {
                    throw new EarlyAnswer(nameless(call));
                }
                ReadOnlyPages.shown(call, context);
                yield context;
            }
            case Resolved.Refused refusal -> throw new EarlyAnswer(pageRefusal(call, refusal));
        };
    }

    private Response nameless(Call call) {
        return errorPages.answer(
                call,
                400,
                "Nothing was changed",
                "This request doesn't say which account it's for. Go back, reload the page and try again.");
    }

    private void refuseUnlessPermitted(Call call, AccountContext context) {
        if (RouteRights.permit(call.route(), context.membership())) {
            return;
        }
        audit.denied(call.actor(), call.route());
        throw new EarlyAnswer(
                RouteRights.isOfWorkspaces(call.route())
                        ? errorPages.answer(
                                call, 403, "No access to workspaces", WITHOUT_WORKSPACES + " " + work(context))
                        : errorPages.answer(
                                call, 403, "This is for owners", work(context) + " Ask an owner for the rest."));
    }

    /// Returns the scope of the manager's role, in the words of the form that gave it.
    private static String work(AccountContext context) {
        if (context.membership().readOnly()) {
            return ReadOnlyPages.VIEWER;
        }
        return "You manage the " + MemberRole.MANAGED + " of "
                + context.acting().displayName()
                + (context.membership().workspaces() ? ", and its " + MemberRole.WORKSPACES : "") + ".";
    }

    private Response pageRefusal(Call call, Resolved.Refused refusal) {
        return switch (refusal) {
            case Resolved.NotSignedIn _ -> signIn(call);
            case Resolved.NoAccount _ ->
                Html.seeOther(call, call.caller() instanceof Caller.Operator ? Paths.OPERATOR_HOME : Paths.INVITATIONS);
            case Resolved.SecondFactorMissing _ -> Html.seeOther(call, setUpPath(call));
            case Resolved.NotManaged _, Resolved.Suspended _, Resolved.Ended _ -> {
                audit.denied(call.actor(), call.route());
                yield errorPages.answer(
                        call,
                        404,
                        "This account isn't available",
                        "It may be suspended or deleted, or you may no longer have access to it. Switch to another"
                                + " account to continue.",
                        Paths.CONTEXT,
                        "Switch account");
            }
            case Resolved.ReadOnly readOnly -> {
                audit.denied(call.actor(), call.route());
                yield errorPages.answer(call, 403, "Nothing was changed", readOnly(readOnly.until()));
            }
        };
    }

    /// Returns the path for the person's own account: a sub-account has no sign-in to set up.
    private String setUpPath(Call call) {
        Optional<AccountContext> own = switch (contexts.own(call.caller(), call.actor())) {
            case Resolved.Found(AccountContext context) -> Optional.of(context);
            case Resolved.SecondFactorMissing(AccountContext context) -> Optional.of(context);
            case Resolved.Refused _ -> Optional.empty();
        };
        return RequiredSecondFactor.PATH + "?required=1"
                + own.filter(context -> !contexts.hasNoAccount(context.identity()))
                        .map(context -> "&as=" + context.root().username())
                        .orElse("");
    }

    /// Redirects to the login, and afterwards back to the page: the requested one, or the page that the form or htmx
    /// request came from.
    public static Response signIn(Call call) {
        Optional<String> page = call.isGet() && !call.isHtmx() ? Optional.of(call.path()) : call.cameFrom();
        return Html.seeOther(call, "/login" + OwnPath.asNext(page));
    }
}
