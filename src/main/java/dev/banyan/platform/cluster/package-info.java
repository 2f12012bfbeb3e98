/// Several servers on one PostgreSQL: who they are, what they tell each other, and what only one of them does. Nothing
/// here runs unless `BANYAN_CLUSTER=on`.
///
/// Owns the tables `nodes`, `leases` and `pool_leases`. May call the core, `config`, `jobs` and `db`. Times in
/// both tables are the database's, so that the clocks of machines may differ. A record that other nodes have to hear
/// of implements `News`; code that fires or observes it as a CDI event stays as it is. Begin with `Nodes`, then
/// `Bus`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.cluster;
