package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.cluster.ClusterMember;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.RowSecurity;

/// What servers that share a PostgreSQL database need of it, and which of them live.
final class ClusterCheck {

    private ClusterCheck() {}

    static List<Finding> of(Database database, Settings settings) {
        if (settings.databaseUrl().isEmpty()) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        findings.add(
                database.read(RowSecurity::isBypassed)
                        ? Finding.warning(RowSecurity.BYPASSED)
                        : Finding.good("Row-level security separates the tenants"));
        List<ClusterMember> members = database.read(ClusterMember::of);
        if (!members.isEmpty()) {
            findings.add(Finding.good("Servers on this database: "
                    + members.stream().map(ClusterCheck::words).collect(Collectors.joining(", "))));
        }
        return findings;
    }

    private static String words(ClusterMember member) {
        return member.node().name() + " (numbers: " + member.numbers() + (member.runsJobs() ? ", runs the jobs)" : ")");
    }
}
