package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.LoginSessions.Renewed;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Builds the response after a successful sign-in of any kind: the browser keeps the session, and the device is
/// recognized later. Also renews and ends sessions.
@Exempt(from = "onlyResourcesSpeakHttp", because = "builds the answers of all ways to sign in")
@Singleton
public record LoginResponses(LoginSessions sessions, Devices devices, RateLimits limits) {

    /// Returns the device of a sign-in request.
    public Device device(Call call) {
        return devices.of(call);
    }

    public Response with(Device device, LoginSessions.Opened session, Response answer) {
        return devices.with(device, sessions.with(session, answer));
    }

    /// Continues a session under a new token; the old one stops working soon. If two requests use the same token at
    /// once, one gets the new one. The people of an office have one address, so only wrong tokens count there, and
    /// too many of one stale browser hold up no one else.
    Outcome<Renewed> renew(Actor actor, String token) {
        return sessions.holder(token)
                .map(person -> limits.take(RateLimit.REFRESH, person.toString()))
                .orElseGet(() -> limits.take(RateLimit.REFRESH_BY_IP, actor.ip()))
                .map(LoginResponses::tooMany)
                .orElseGet(() -> sessions.rotate(token));
    }

    private static Outcome<Renewed> tooMany(Duration wait) {
        return Outcome.refused(new Refusal.TooMany(wait));
    }

    /// Ends the caller's session, and removes its cookie.
    Response signOut(Call call, Response answer) {
        sessions.close(call.caller());
        return sessions.without(answer);
    }

    /// @param operatorOnly whether the person runs this server and has no account
    /// @param back the page that they requested before
    public Response page(Device device, LoginSessions.Opened session, boolean operatorOnly, Optional<String> back) {
        String home = operatorOnly ? Paths.OPERATOR_HOME : Paths.HOME;
        return with(device, session, Html.seeOther(back.orElse(home)));
    }
}
