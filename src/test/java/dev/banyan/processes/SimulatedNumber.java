package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;

/// A number of the simulator on any server, added and linked as people do it on the pages.
final class SimulatedNumber {

    private SimulatedNumber() {}

    /// @param account its username
    /// @return the id of the number
    static String linked(TestClient client, String account) {
        Answer added = client.form(
                "/admin/pools/masters", "as", account, "displayName", "Support Desk", "phone", "+971500000101");
        String id = added.location().replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
        assertThat(client.form("/admin/pools/" + id + "/link", "as", account).status())
                .isEqualTo(303);
        assertThat(client.form("/admin/pools/" + id + "/link/scan", "as", account)
                        .status())
                .isEqualTo(303);
        return id;
    }
}
