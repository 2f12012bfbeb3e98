package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.subscription.TierTable;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.SettingSource;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.config.SettingsInForce;
import dev.banyan.platform.limits.LockOuts;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The limits and settings in force, and a way to lift a lockout.
@Path("/operator/limits")
@RunOnVirtualThread
class OperatorLimitsPageResource {

    private static final int REFUSED_SHOWN = 50;
    private static final Invalid NOBODY = new Invalid("name", "No limits are counted for this name or address.");
    private static final Invalid NO_NAME = new Invalid("name", "Enter an email, username or IP address.");

    private final SettingsInForce inForce;
    private final Settings settings;
    private final RateLimits limits;
    private final LockOuts lockOuts;
    private final Logins logins;

    OperatorLimitsPageResource(
            SettingsInForce inForce, Settings settings, RateLimits limits, LockOuts lockOuts, Logins logins) {
        this.inForce = inForce;
        this.settings = settings;
        this.limits = limits;
        this.lockOuts = lockOuts;
        this.logins = logins;
    }

    @GET
    public Response show(@Context OperatorPage page, @QueryParam("q") @DefaultValue("") String search) {
        return Html.ok(page(page, search.strip(), "", FieldErrors.NONE));
    }

    /// Lifts a lockout. `lockOut` names one of those shown; else `name` is what the operator typed.
    @POST
    @Path("lift")
    public Response lift(
            @Context OperatorPage page,
            @FormParam("lockOut") @DefaultValue("") String lockOut,
            @FormParam("name") @DefaultValue("") String name) {
        if (!lockOut.isEmpty()) {
            boolean isLifted = lockOuts.lift(page.actor(), lockOut);
            return Html.seeOther("/operator/limits?done=" + (isLifted ? "lock-out-lifted" : "lock-out-over"));
        }
        if (name.isBlank() || name.length() > LockOuts.LONGEST_NAME) {
            return Html.invalid(page(page, "", name, FieldErrors.from(List.of(NO_NAME))));
        }
        return lockOuts.liftAll(page.actor(), name) | lockOuts.liftAll(page.actor(), logins.countedAs(name))
                ? Html.seeOther("/operator/limits?done=lock-out-lifted")
                : Html.invalid(page(page, "", name, FieldErrors.from(List.of(NOBODY))));
    }

    private OperatorLimitsPage page(OperatorPage page, String search, String name, FieldErrors errors) {
        String part = search.toLowerCase(Locale.ROOT);
        return new OperatorLimitsPage(
                page.frame(NavItem.OPERATOR_LIMITS, "Limits and settings"),
                settings.rateLimited(),
                search,
                name,
                errors,
                limits.refused(REFUSED_SHOWN).stream()
                        .map(refused -> new OperatorLimitsPage.Refused(
                                refused.id(),
                                refused.shown(),
                                refused.limit().meaning,
                                Words.grouped(refused.times()),
                                waitText(refused.remaining())))
                        .toList(),
                inForce.limits().stream()
                        .filter(limit ->
                                has(part, limit.limit().key(), limit.limit().variable(), limit.limit().meaning))
                        .map(limit -> new OperatorLimitsPage.Limit(
                                limit.limit().key(),
                                limit.rate(),
                                limit.fallback(),
                                limit.source().label,
                                limit.source() != SettingSource.DEFAULT,
                                limit.limit().meaning,
                                limit.failsOpen()))
                        .toList(),
                TierTable.ALL,
                inForce.settings().stream()
                        .filter(setting -> has(part, setting.key(), setting.variable(), setting.meaning()))
                        .map(setting -> new OperatorLimitsPage.Setting(
                                setting.key(),
                                setting.variable(),
                                setting.value(),
                                setting.source().label,
                                setting.source() != SettingSource.DEFAULT,
                                setting.meaning()))
                        .toList());
    }

    private static boolean has(String part, String... texts) {
        return Stream.of(texts).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
    }

    private static String waitText(Duration wait) {
        return wait.toMinutes() < 1
                ? Math.max(1, wait.toSeconds()) + " s"
                : wait.toHours() < 1
                        ? wait.toMinutes() + " min"
                        : wait.toHours() + " h " + wait.toMinutesPart() + " min";
    }
}
