package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.http.HttpCall;
import dev.banyan.platform.http.HttpOutcome;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import jakarta.inject.Singleton;

/// Requests to providers, through the client that calls no private addresses and follows no redirects.
@Singleton
public final class ProviderHttp {

    private static final long LONGEST = 256 * 1_024L;
    private static final HttpCall.Limits LIMITS = new HttpCall.Limits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), LONGEST, (int) LONGEST);

    private final OutboundHttp http;

    ProviderHttp(OutboundHttp http) {
        this.http = http;
    }

    Optional<Invalid> refused(String field, String host) {
        return http.refused(field, host);
    }

    /// Reads a document.
    ///
    /// @param what it is, as in “The discovery document”
    String read(URI address, String what) throws ProviderTrouble {
        return read(address, "application/json", what);
    }

    /// @param type of the document that is asked for
    String read(URI address, String type, String what) throws ProviderTrouble {
        HTTPResponse answer = send("GET", address, Map.of("Accept", type), Optional.empty(), what);
        if (answer.getStatusCode() != 200) {
            throw new ProviderTrouble(
                    answer.getStatusCode() >= 500 ? Kind.UNAVAILABLE : Kind.SETUP,
                    what + " can’t be read: " + address + " answered " + answer.getStatusCode() + ".");
        }
        return answer.getBody();
    }

    HTTPResponse send(HTTPRequest request, String what) throws ProviderTrouble {
        var headers = new LinkedHashMap<String, String>();
        request.getHeaderMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        Optional<byte[]> body =
                Optional.ofNullable(request.getBody()).map(text -> text.getBytes(StandardCharsets.UTF_8));
        return send(request.getMethod().name(), request.getURI(), headers, body, what);
    }

    private HTTPResponse send(
            String method, URI address, Map<String, String> headers, Optional<byte[]> body, String what)
            throws ProviderTrouble {
        return switch (http.send(new HttpCall(method, address, headers, body, LIMITS), _ -> {})) {
            case HttpOutcome.Answered answered -> answered(answered, what);
            case HttpOutcome.Refused _ ->
                throw new ProviderTrouble(
                        Kind.SETUP, what + " can’t be read. " + OutboundHttp.notCalled(address.getHost()) + ".");
            case HttpOutcome.TimedOut _ ->
                throw new ProviderTrouble(
                        Kind.UNAVAILABLE, what + " can’t be read: the provider didn’t answer in time.");
            case HttpOutcome.Unreachable lost ->
                throw new ProviderTrouble(Kind.UNAVAILABLE, what + " can’t be read: " + lost.why() + ".");
            case HttpOutcome.TooLarge _ -> throw new ProviderTrouble(Kind.SETUP, what + " is too large.");
            case HttpOutcome.Aborted _ ->
                throw new ProviderTrouble(Kind.UNAVAILABLE, what + " can’t be read: this server is stopping.");
        };
    }

    private static HTTPResponse answered(HttpOutcome.Answered answered, String what) throws ProviderTrouble {
        try (answered) {
            var answer = new HTTPResponse(answered.status());
            answered.header("Content-Type").ifPresent(type -> answer.setHeader("Content-Type", type));
            answer.setBody(new String(answered.body().readAllBytes(), StandardCharsets.UTF_8));
            return answer;
        } catch (HttpOutcome.BodyTooLarge tooLarge) {
            throw new ProviderTrouble(Kind.SETUP, what + " is too large.", tooLarge);
        } catch (SocketTimeoutException late) {
            throw new ProviderTrouble(Kind.UNAVAILABLE, what + " can’t be read: the provider is too slow.", late);
        } catch (IOException lost) {
            throw new ProviderTrouble(Kind.UNAVAILABLE, what + " can’t be read: the connection was lost.", lost);
        }
    }

    /// What a malformed answer becomes.
    static ProviderTrouble malformed(String what, ParseException failure) {
        return new ProviderTrouble(Kind.SETUP, what + " isn’t what OpenID Connect expects.", failure);
    }
}
