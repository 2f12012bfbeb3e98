/// Campaigns: one message to many contacts, over one pool, within all its limits.
///
/// Owns the tables `campaigns`, `campaign_counts`, `campaign_recipients` and `campaign_first_contacts`. May call the
/// core and the rooms up to `messages`. Never knows a workspace: `TaggedContacts` is implemented by
/// whoever has contacts.
///
/// Begin with `Campaigns`, which people call, and `CampaignRunner`, a job that feeds the outbox step by step. A step
/// orders messages and marks their recipients in one transaction, under a key per recipient, so a crash at any point
/// sends nothing twice. `CampaignResults` copies what became of the messages, and reads it again after a crash.
/// `CampaignRefusals` pauses a campaign that WhatsApp refuses, and brings back to the list what may be sent later.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.campaigns;
