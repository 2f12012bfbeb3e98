package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Builds the response after a successful sign-in of any kind: the browser keeps the session, and the device is
/// recognized later.
@Exempt(from = "onlyResourcesSpeakHttp", because = "builds the answers of all ways to sign in")
@Singleton
public final class LoginResponses {

    private final LoginSessions sessions;
    private final Devices devices;

    LoginResponses(LoginSessions sessions, Devices devices) {
        this.sessions = sessions;
        this.devices = devices;
    }

    /// Returns the device of a sign-in request.
    public Device device(Call call) {
        return devices.of(call);
    }

    public Response with(Device device, LoginSessions.Opened session, Response answer) {
        return devices.with(device, sessions.with(session, answer));
    }

    /// @param operatorOnly whether the person runs this server and has no account
    /// @param back the page that they requested before
    public Response page(Device device, LoginSessions.Opened session, boolean operatorOnly, Optional<String> back) {
        String home = operatorOnly ? Paths.OPERATOR_HOME : Paths.HOME;
        return with(device, session, Html.seeOther(back.orElse(home)));
    }
}
