package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.Workspace;

/// A browser that keeps the cookies of the test server.
public final class SsoBrowser {

    private static final Pattern FORM =
            Pattern.compile("<form method=\"post\" action=\"(https?://[^\"]+)\" data-leads-on>(.*?)</form>");
    private static final Pattern FIELD = Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");

    private final Map<String, String> cookies = new LinkedHashMap<>();

    private TestClient client() {
        String sent = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return sent.isEmpty() ? TestClient.anonymous() : TestClient.anonymous().with("Cookie", sent);
    }

    public Answer get(String path) {
        return kept(client().get(path));
    }

    public Answer form(String path, String... fields) {
        return kept(client().form(path, fields));
    }

    public Answer post(String path, Object body) {
        return kept(client().post(path, body));
    }

    public Answer put(String path, Object body) {
        return kept(client().put(path, body));
    }

    private Answer kept(Answer answer) {
        answer.headers().allValues("Set-Cookie").forEach(cookie -> {
            String pair = cookie.substring(0, cookie.indexOf(';'));
            String name = pair.substring(0, pair.indexOf('='));
            String value = pair.substring(pair.indexOf('=') + 1);
            if (value.isEmpty()) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        });
        return answer;
    }

    public static String path(Workspace workspace) {
        return "/s/" + workspace.shortPath();
    }

    /// Follows the sign-in button to the provider.
    public URI begin(Workspace workspace) {
        Answer answer = get(path(workspace) + "/sso");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        return URI.create(answer.location());
    }

    /// Opens a place to sign in whose provider takes no redirects, and reads the form that sends itself.
    public FakeSaml.Form leaving(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        Matcher form = FORM.matcher(answer.text());
        assertThat(form.find()).as(answer.text()).isTrue();
        Map<String, String> fields = FIELD.matcher(form.group(2))
                .results()
                .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2)));
        return new FakeSaml.Form(form.group(1), fields);
    }

    /// Returns from the provider.
    public Answer end(URI callback) {
        return get(callback.getRawPath() + "?" + callback.getRawQuery());
    }

    /// Brings a SAML provider’s answer to an account’s door.
    public Answer answer(String path, FakeSaml.Reply reply) {
        Answer accepted = TestClient.anonymous()
                .with("Origin", "https://login.example.com")
                .with("Sec-Fetch-Site", "cross-site")
                .form(path, "SAMLResponse", reply.response(), "RelayState", reply.relayState());
        return accepted.status() == 303 ? get(accepted.location()) : accepted;
    }

    /// Brings a SAML provider’s answer, as browsers do: from another site, so without our cookies; then, as told, comes
    /// again with them.
    Answer end(Workspace workspace, FakeSaml.Reply reply) {
        return answer(path(workspace) + "/sso/acs", reply);
    }

    public Answer signIn(FakeOidc provider, Workspace workspace, String subject) {
        return end(provider.signIn(begin(workspace), subject));
    }

    /// Whether the browser is signed in to the workspace.
    public boolean isIn(Workspace workspace) {
        return me(workspace).status() == 200;
    }

    public Answer me(Workspace workspace) {
        return get("/api/sub-client/me?shortPath=" + workspace.shortPath());
    }

    public String role(Workspace workspace) {
        return me(workspace).json().at("/data/user/role").asText();
    }
}
