-- Accounts that kept the words that opted out know those of the program from now on: empty.
UPDATE campaign_settings SET out_words = '' WHERE out_words = 'stop
stop all
stopall
stop messages
stop texting me
stop messaging me
stop sending me messages
no more messages
unsubscribe
unsubscribe me
unsub
opt out
optout
opt me out
remove me
take me off
revoke
cancel
end
quit
arrêt
arrêter
arrêtez
désabonner
désabonnez-moi
me désabonner
se désabonner
désabonnement
désinscrire
me désinscrire
désinscription
annuler
résilier
stopp
abmelden
abmeldung
abbestellen
austragen
beenden
kündigen
baja
alto
dar de baja
darme de baja
darse de baja
cancelar
cancelar suscripción
anular
parar
pare
detener
no más mensajes
sair
parem
descadastrar
descadastre
me descadastre
descadastro
cancelar inscrição
desinscrever
remover
me remova
encerrar
fermare
ferma
basta
cancella
cancellami
cancellati
annulla
disiscrivi
disiscrivimi
disiscrizione
rimuovimi
stoppen
afmelden
uitschrijven
opzeggen
avsluta
avregistrera
sluta
avmeld
stans
slutt
afmeld
frameld
peruuta
lopeta
wypisz
wypisz mnie
rezygnuję
anuluj
zatrzymaj
odhlásit
zrušit
odjavi
odjava
dezabonare
dezabonează
oprește
leiratkozás
leiratkozom
berhenti
berhenti berlangganan
batal
henti
keluar
acha
itigil
dừng
hủy
ngừng
dur
durdur
iptal
ret
çık
çıkış
abonelikten çık
стоп
отписаться
отписка
отпишите
отпишите меня
отказаться
отказ
отмена
отменить
прекратить
остановить
відписатися
відписка
скасувати
зупинити
відмова
отпиши
отпишете ме
διαγραφή
διακοπή
σταματήστε
ακύρωση
הסר
הסירו
עצור
הפסק
ביטול
إيقاف
توقف
أوقف
أوقفوا
وقف
إلغاء
إلغاء الاشتراك
ألغ الاشتراك
إنهاء
إزالة
لا ترسل
لا ترسلوا
لغو
لغو عضویت
قطع
بند
بند کریں
बंद
बंद करो
बंद करें
रोको
रोकें
退订
退訂
取消
取消订阅
停止
td
配信停止
解除
退会
수신거부
중지
그만
해지
หยุด
ยกเลิก';
