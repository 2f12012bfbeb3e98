package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld.Person;

/// A user of the pages of pools, with a browser without scripts.
public record PoolsVisitor(TestClient client, String as) {

    public static PoolsVisitor of(Person person) {
        return new PoolsVisitor(TestClient.of(person), person.username());
    }

    public String get(String path) {
        Answer answer = answer(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    public Answer answer(String path) {
        return client.get(path + (path.contains("?") ? "&" : "?") + "as=" + as);
    }

    public Answer post(String path, String... fields) {
        var all = new LinkedHashMap<String, String>();
        all.put("as", as);
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return client.form(path, all);
    }

    /// Posts with selected senders.
    public Answer bulk(String path, List<String> senders, String... fields) {
        String ticked = senders.stream().map(id -> "&sender=" + id).collect(Collectors.joining());
        String rest = Arrays.stream(fields).map(field -> "&" + field).collect(Collectors.joining());
        return client.send("POST", path, "application/x-www-form-urlencoded", "as=" + as + ticked + rest);
    }

    public String addMaster(String name, String phone) {
        return id(post("/admin/pools/masters", "displayName", name, "phone", phone));
    }

    public String addServant(String master, String name, String phone, String purpose) {
        return id(
                post("/admin/pools/" + master + "/servants", "displayName", name, "phone", phone, "purpose", purpose));
    }

    public void link(String sender) {
        assertThat(post("/admin/pools/" + sender + "/link").status()).isEqualTo(303);
        assertThat(post("/admin/pools/" + sender + "/link/scan").status()).isEqualTo(303);
    }

    /// Returns the id from the redirect to the page that links the new sender.
    private static String id(Answer added) {
        assertThat(added.status()).as(added.text()).isEqualTo(303);
        return added.location().replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
    }
}
