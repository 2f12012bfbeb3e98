package dev.banyan.platform.sso;

import module java.base;
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
public record ProviderHttp(OutboundHttp http) {

    private static final long LONGEST = 256 * 1_024L;
    /// Of what is read while it arrives.
    private static final long LONGEST_STREAM = 20 * 1_024 * 1_024L;

    private static final HttpCall.Limits LIMITS = limits(Duration.ofSeconds(10), LONGEST);
    private static final HttpCall.Limits STREAM_LIMITS = limits(Duration.ofMinutes(1), LONGEST_STREAM);

    private static HttpCall.Limits limits(Duration total, long longest) {
        return new HttpCall.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), total, longest, (int) LONGEST);
    }

    /// Makes something of the body of an answer.
    interface Reading<T> {
        T of(InputStream body) throws IOException, ProviderTrouble;
    }

    /// Makes something of an answer.
    private interface Answering<T> {
        T of(HttpOutcome.Answered answer) throws IOException, ProviderTrouble;
    }

    Optional<Invalid> refused(String field, String host) {
        return http.refused(field, host);
    }

    /// Reads a document.
    ///
    /// @param what it is, as in “The discovery document”
    String read(URI address, String what) throws ProviderTrouble {
        return read(address, "application/json", LIMITS, what, ProviderHttp::text);
    }

    /// Reads a document of up to 20 MB while it arrives.
    ///
    /// @param type of the document that is asked for
    <T> T stream(URI address, String type, String what, Reading<T> reading) throws ProviderTrouble {
        return read(address, type, STREAM_LIMITS, what, reading);
    }

    private <T> T read(URI address, String type, HttpCall.Limits limits, String what, Reading<T> reading)
            throws ProviderTrouble {
        var call = new HttpCall("GET", address, Map.of("Accept", type), Optional.empty(), limits);
        return send(call, what, answer -> {
            if (answer.status() != 200) {
                throw new ProviderTrouble(
                        answer.status() >= 500 ? Kind.UNAVAILABLE : Kind.SETUP,
                        what + " can’t be read: " + address + " answered " + answer.status() + ".");
            }
            return reading.of(answer.body());
        });
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    HTTPResponse send(HTTPRequest request, String what) throws ProviderTrouble {
        var headers = new LinkedHashMap<String, String>();
        request.getHeaderMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        Optional<byte[]> body =
                Optional.ofNullable(request.getBody()).map(text -> text.getBytes(StandardCharsets.UTF_8));
        var call = new HttpCall(request.getMethod().name(), request.getURI(), headers, body, LIMITS);
        return send(call, what, sent -> {
            var answer = new HTTPResponse(sent.status());
            sent.header("Content-Type").ifPresent(type -> answer.setHeader("Content-Type", type));
            answer.setBody(text(sent.body()));
            return answer;
        });
    }

    private <T> T send(HttpCall call, String what, Answering<T> answering) throws ProviderTrouble {
        return switch (http.send(call, _ -> {})) {
            case HttpOutcome.Answered answered -> answered(answered, what, answering);
            case HttpOutcome.Refused _ ->
                throw new ProviderTrouble(
                        Kind.SETUP,
                        what + " can’t be read. "
                                + OutboundHttp.notCalled(call.uri().getHost()) + ".");
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

    private static <T> T answered(HttpOutcome.Answered answered, String what, Answering<T> answering)
            throws ProviderTrouble {
        try (answered) {
            return answering.of(answered);
        } catch (HttpOutcome.BodyTooLarge tooLarge) {
            throw new ProviderTrouble(Kind.SETUP, what + " is too large.", tooLarge);
        } catch (SocketTimeoutException late) {
            throw new ProviderTrouble(Kind.UNAVAILABLE, what + " can’t be read: the provider is too slow.", late);
        } catch (IOException lost) {
            throw new ProviderTrouble(Kind.UNAVAILABLE, what + " can’t be read: the connection was lost.", lost);
        }
    }

    /// What a malformed answer becomes.
    static ProviderTrouble malformed(String what, Exception failure) {
        return new ProviderTrouble(Kind.SETUP, what + " isn’t what OpenID Connect expects.", failure);
    }
}
