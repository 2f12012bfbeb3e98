/// Who a contact is: the addresses that are known to be of one person, and what happens when two turn out to be.
///
/// Also which number of a pool a contact talks with.
///
/// Owns the tables `contact_aliases`, `contact_merges`, `contact_merge_keys` and `pool_contacts`. May call the core.
/// Begin with `ContactAliases` and decision 0088; `ContactMerges` undoes what it learned (0116). `PortfolioPeople`
/// keeps people under the portfolio of their connection. `KeptForms` moves what earlier versions kept under another
/// form of a number (0089).
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.contacts;
