-- What a mail said goes when the mail goes: no codes and no links of what was sent stay here, nor in backups.
UPDATE mails SET body = '' WHERE state IN ('sent', 'discarded');
UPDATE mails SET subject = 'Your Banyan code: ••••••' WHERE state = 'sent' AND subject LIKE 'Your Banyan code: %';
UPDATE mails SET subject = 'Your code for a new Banyan password: ••••••'
    WHERE state = 'sent' AND subject LIKE 'Your code for a new Banyan password: %';
