package dev.banyan.platform.web.gate;

import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/// Lets programs in that come over `/v1` with a key. `accounts` has the keys: an interface because `platform` may not
/// call it.
public interface KeyDoor {

    /// What became of a request.
    sealed interface Entered {

        /// What the answer says about limits, whatever else it says.
        Map<String, String> headers();

        record As(Caller.ApiKey caller, Map<String, String> headers) implements Entered {}

        record Refused(Response answer, Map<String, String> headers) implements Entered {}
    }

    /// @param name of the route as resources spell it, such as `GetPages`
    Entered enter(Call call, String name);
}
