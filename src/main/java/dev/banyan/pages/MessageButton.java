package dev.banyan.pages;

import dev.banyan.platform.Owner;
import dev.banyan.whatsapp.SenderId;

/// The "message us" button of a page.
///
/// @param pool the master of the pool that answers
/// @param greeting the prefilled beginning of the visitor's message; may be empty
public record MessageButton(Owner owner, PageId page, SenderId pool, String label, String greeting, long clicks) {}
