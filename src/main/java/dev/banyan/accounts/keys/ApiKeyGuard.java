package dev.banyan.accounts.keys;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.KeyRights;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.Caller;
import dev.banyan.platform.KeyLimits;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.platform.web.json.Answers;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Authenticates programs (LinkToMe contract 2.9 and 1.2): first the key, then its limits, then its permissions. Limits
/// come before permissions, so that a program that keeps being refused is slowed down like any other.
@Singleton
record ApiKeyGuard(
        Database database,
        Plans plans,
        KeyUse use,
        KeyMakers makers,
        RateLimits limits,
        Settings settings,
        Audit audit,
        Clock clock)
        implements KeyDoor {

    private static final String BEARER = "Bearer ";

    private sealed interface Known {

        /// @param held what it may do, as far as its maker may
        record Valid(ApiKey key, Tier tier, Set<String> held) implements Known {}

        record NotFound() implements Known {}

        record Disabled(ApiKey key, String reason) implements Known {}
    }

    /// Where a program comes from, and what it asks for in the words of the audit log.
    private record Visit(String ip, String route) {

        static Visit of(Call call) {
            return new Visit(call.ip(), call.route());
        }
    }

    /// @param permission the one that the key would need
    @JsonInclude(Include.NON_ABSENT)
    private record Failure(String error, Optional<String> permission) {}

    @JsonInclude(Include.NON_ABSENT)
    private record Refusal(boolean success, String error, Optional<String> permission) {}

    /// @param error the contract's words
    private record LimitFailure(String error, long retryAfter) {}

    @Override
    public Entered enter(Call call, Asked asked) {
        return shown(call::header)
                .map(shown -> enter(Visit.of(call), shown, asked))
                .orElseGet(() -> unauthorized("API key required"));
    }

    /// Only as a bearer token that begins like a key of an account: sessions and keys of workspaces are tokens there,
    /// too.
    @Override
    public Optional<Entered> enterIfKey(Call call, Asked asked) {
        return shown(call::header).filter(KeyText.Kind.ACCOUNT::isOf).map(shown -> enter(Visit.of(call), shown, asked));
    }

    @Override
    public Optional<Entered> enterIfKey(HttpServerRequest handshake, String ip) {
        return shown(name -> Optional.ofNullable(handshake.getHeader(name)))
                .filter(KeyText.Kind.ACCOUNT::isOf)
                .map(shown -> enter(new Visit(ip, handshake.method() + " " + handshake.path()), shown, ENTRANCE));
    }

    @Override
    public boolean opens(Caller.ApiKey key, Asked asked) {
        var limits = new KeyLimits(key.scope(), Optional.empty(), List.of(), Optional.empty());
        return KeyRights.ofRoute(asked.route())
                .map(KeyRights.Permission::name)
                .filter(key.permissions()::contains)
                .filter(needed -> !key.test() || TestMode.hears(needed))
                .filter(needed -> Narrowing.opens(limits, asked.route(), needed, asked.ids()))
                .isPresent();
    }

    @Override
    public boolean isUnchanged(Tx tx, Caller.ApiKey key, String ip) {
        return find(tx, key.key(), _ -> true) instanceof Known.Valid valid
                && valid.key().limits().allows(ip)
                && caller(valid).equals(key);
    }

    private Entered enter(Visit call, String shown, Asked asked) {
        // Checked before the key: guessing is slow, right or wrong.
        Optional<Duration> wait = limits.exhausted(RateLimit.KEY_FAILURES_BY_IP, call.ip());
        if (wait.isPresent()) {
            return refused(Answers.failure(429, "Too many requests"), Map.of("Retry-After", seconds(wait.get())));
        }
        Optional<KeyText> text = KeyText.parse(KeyText.Kind.ACCOUNT, shown);
        if (text.isEmpty()) {
            return wrong(call, "Invalid API key format");
        }
        return switch (database.read(
                tx -> find(tx, text.get().id(), proved -> text.get().isOf(proved.secretHash())))) {
            case Known.NotFound _ -> wrong(call, "Invalid API key");
            case Known.Disabled disabled -> {
                denied(call, disabled.key());
                yield of(disabled.key(), unauthorized(disabled.reason()));
            }
            case Known.Valid valid -> limited(call, asked, valid);
        };
    }

    private static Optional<String> shown(Function<String, Optional<String>> headers) {
        return headers.apply(HttpHeaders.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .or(() -> headers.apply("X-API-Key").map(String::strip))
                .filter(value -> !value.isEmpty());
    }

    private Known find(Tx tx, String id, Predicate<ApiKeyStore.Proved> isIt) {
        var store = new ApiKeyStore(tx);
        Optional<ApiKey> key = store.findForProgram(id).filter(isIt).map(ApiKeyStore.Proved::key);
        Optional<Account> root = key.flatMap(found -> new AccountStore(tx).find(found.account()))
                .filter(account -> account.status() == AccountStatus.ACTIVE);
        if (key.isEmpty() || root.isEmpty()) {
            return new Known.NotFound();
        }
        var maker = key.get().madeBy();
        Optional<Membership> member = new MembershipStore(tx).find(root.get().id(), maker);
        if (member.isEmpty()) {
            return new Known.Disabled(key.get(), ApiKey.MAKER_GONE);
        }
        Optional<String> provider = makers.refusedBy(tx, root.get().id(), maker, KeyMakers.MISSING);
        if (provider.isPresent()) {
            return new Known.Disabled(key.get(), ApiKey.MAKER_REFUSED.formatted(provider.get()));
        }
        if (!key.get().active()) {
            return new Known.Disabled(key.get(), key.get().disabledReason().orElse(ApiKey.BY_OWNER));
        }
        if (key.get().limits().isOver(clock.instant())) {
            return new Known.Disabled(key.get(), ApiKey.EXPIRED);
        }
        Tier tier = plans.effective(tx, root.get()).tier();
        boolean fits =
                tier.maxApiKeys.isUnlimited() || store.isAmongOldest(root.get().id(), id, tier.maxApiKeys.number());
        return fits
                ? new Known.Valid(key.get(), tier, KeyRights.held(key.get().permissions(), member.get()))
                : new Known.Disabled(key.get(), ApiKey.DOWNGRADED);
    }

    private Entered limited(Visit call, Asked asked, Known.Valid valid) {
        ApiKey key = valid.key();
        long perMinute = key.perMinute(valid.tier());
        Limit perDay = valid.tier().apiRequestsPerDay;
        use.note(key, call.ip());
        RateLimits.Counted minute = use.countMinute(key.id(), perMinute);
        if (minute.refusedFor().isPresent()) {
            return of(key, tooMany("minute", perMinute, minute.refusedFor().get()));
        }
        if (settings.rateLimited() && perDay.isFull(use.usedToday(key.account()))) {
            return of(key, tooMany("daily", perDay.number(), use.untilTomorrow(key.account())));
        }
        long today = use.countDay(key.account());
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-RateLimit-Limit-Minute", Long.toString(perMinute));
        headers.put("X-RateLimit-Remaining-Minute", Long.toString(minute.remaining()));
        headers.put("X-RateLimit-Limit-Day", Long.toString(perDay.number()));
        headers.put(
                "X-RateLimit-Remaining-Day", Long.toString(perDay.left(today).number()));
        return permitted(call, asked, valid, headers);
    }

    private Entered permitted(Visit call, Asked asked, Known.Valid valid, Map<String, String> headers) {
        ApiKey key = valid.key();
        if (!key.limits().allows(call.ip())) {
            denied(call, key);
            return of(key, refused(said(asked, "This API key can’t be used from this network"), headers));
        }
        Caller.ApiKey caller = caller(valid);
        if (asked.equals(ENTRANCE)) {
            return new Entered.As(caller, headers);
        }
        Optional<String> needed = KeyRights.ofRoute(asked.route()).map(KeyRights.Permission::name);
        if (key.test()
                && needed.filter(name -> !TestMode.opens(asked.route(), name)).isPresent()) {
            denied(call, key);
            return of(key, refused(said(asked, TestMode.CLOSED), headers));
        }
        if (needed.filter(valid.held()::contains).isEmpty()) {
            denied(call, key);
            return of(key, refused(refusal(asked, needed), headers));
        }
        if (!Narrowing.opens(key.limits(), asked.route(), needed.get(), asked.ids())) {
            denied(call, key);
            return of(key, refused(said(asked, "This API key is limited, and this is outside of its limits"), headers));
        }
        return new Entered.As(caller, headers);
    }

    private static Caller.ApiKey caller(Known.Valid valid) {
        ApiKey key = valid.key();
        return new Caller.ApiKey(
                key.id(),
                key.account(),
                key.madeBy(),
                valid.held(),
                key.limits().scope(),
                key.test());
    }

    private static Response said(Asked asked, String text) {
        return asked.isOfContract() ? Answers.failure(403, text) : Answers.refused(403, text);
    }

    /// The routes of LinkToMe say it in the contract's words.
    private static Response refusal(Asked asked, Optional<String> needed) {
        return Response.status(403)
                .entity(
                        asked.isOfContract()
                                ? new Failure(needed.isPresent() ? "Insufficient permissions" : "Access denied", needed)
                                : new Refusal(
                                        false,
                                        needed.map(name -> "This API key doesn’t have the permission " + name)
                                                .orElse("API keys can’t do this. Sign in instead."),
                                        needed))
                .build();
    }

    /// Audits a refusal. The key's maker is responsible for it, and the owners of its account can read about it.
    private void denied(Visit call, ApiKey key) {
        var actor = new Actor(Optional.of(key.madeBy()), call.ip(), Optional.empty(), Optional.of(key.id()));
        audit.denied(actor, new Owner(key.account(), key.account()), call.route());
    }

    private Entered wrong(Visit call, String text) {
        limits.take(RateLimit.KEY_FAILURES_BY_IP, call.ip());
        audit.denied(new Actor(Optional.empty(), call.ip()), call.route());
        return unauthorized(text);
    }

    private static Entered.Refused unauthorized(String text) {
        return refused(Answers.failure(401, text), Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"api\""));
    }

    private static Entered.Refused tooMany(String which, long limit, Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        return refused(
                Response.status(429)
                        .entity(new LimitFailure("Rate limit exceeded (" + which + ")", seconds))
                        .build(),
                Map.of(
                        "Retry-After",
                        Long.toString(seconds),
                        "X-RateLimit-Limit",
                        Long.toString(limit),
                        "X-RateLimit-Remaining",
                        "0"));
    }

    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.toSeconds()));
    }

    private static Entered.Refused refused(Response answer, Map<String, String> headers) {
        return new Entered.Refused(answer, headers, Optional.empty());
    }

    private static Entered of(ApiKey key, Entered.Refused refused) {
        return new Entered.Refused(refused.answer(), refused.headers(), Optional.of(new Key(key.id(), key.account())));
    }
}
