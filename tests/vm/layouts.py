"""Shell that installs the running seed onto the real disks, inside the guest, with the distribution's own tools.

In there the seed is /dev/sda, the guest's boot disk /dev/sdb and its data disk /dev/sdc; later they are sda and sdb."""

DISK_MIB = 3584

_PREPARE = r'''
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive
uuid() { blkid -c /dev/null -o value -s UUID "$1"; }
format() { mke2fs -q -F -t ext4 -O ^metadata_csum_seed,^orphan_file "$@" || mke2fs -q -F -t ext4 "$@"; }
printf 'label: dos\n2048,,L\n' | sfdisk -q /dev/sdc
udevadm settle
format -L data /dev/sdc1
'''

_PARTITION = {
    'plain': r'''
printf 'label: dos\n2048,3276800,L,*\n,,S\n' | sfdisk -q /dev/sdb; udevadm settle
format -L root /dev/sdb1; mkswap /dev/sdb2 >/dev/null
root=/dev/sdb1 swap=/dev/sdb2
mount $root /mnt
''',
    'lvm': r'''
printf 'label: dos\n2048,524288,L,*\n,,V\n' | sfdisk -q /dev/sdb; udevadm settle
pvcreate -q /dev/sdb2; vgcreate -q system /dev/sdb2
lvcreate -q -y -L 1600M -n root system; lvcreate -q -y -L 128M -n swap system; udevadm settle
format -L root /dev/system/root; format -L boot /dev/sdb1; mkswap /dev/system/swap >/dev/null
root=/dev/mapper/system-root swap=/dev/mapper/system-swap
mount $root /mnt; mkdir /mnt/boot; mount /dev/sdb1 /mnt/boot
''',
    'uefi': r'''
printf 'label: gpt\nstart=2048, size=131072, type=U\nsize=3276800, type=L\ntype=S\n' | sfdisk -q /dev/sdb; udevadm settle
mkfs.vfat -n ESP /dev/sdb1 >/dev/null; format -L root /dev/sdb2; mkswap /dev/sdb3 >/dev/null
root=/dev/sdb2 swap=/dev/sdb3
mount $root /mnt; mkdir -p /mnt/boot/efi; mount /dev/sdb1 /mnt/boot/efi
''',
}

_COPY = r'''
mkdir -p /media/seed; mount --bind / /media/seed
for part in bin boot dev etc home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys tmp usr var; do
  [ -e /media/seed/$part ] || [ -h /media/seed/$part ] || continue
  case $part in
    boot) cp -a /media/seed/boot /mnt/ ;;
    media | mnt | proc | run | sys) mkdir -p /mnt/$part ;;
    *) cp -a /media/seed/$part /mnt/ ;;
  esac
done
umount /media/seed; rmdir /media/seed; rmdir /mnt/media/seed 2>/dev/null || true
cp -P /media/seed/vmlinuz /media/seed/initrd.img /mnt/ 2>/dev/null || true
mkdir -p /mnt/srv/data
'''

# Swap and data are told apart from root in the way that each layout's installer does it.
_FSTAB = {
    'plain': r'echo "UUID=$(uuid $root) / ext4 errors=remount-ro 0 1"; echo "UUID=$(uuid $swap) none swap sw 0 0"',
    'lvm': r'echo "$root / ext4 errors=remount-ro 0 1"; echo "UUID=$(uuid /dev/sdb1) /boot ext4 defaults 0 2"; '
           r'echo "$swap none swap sw 0 0"',
    'uefi': r'echo "UUID=$(uuid $root) / ext4 errors=remount-ro 0 1"; '
            r'echo "UUID=$(uuid /dev/sdb1) /boot/efi vfat umask=0077 0 1"; echo "UUID=$(uuid $swap) none swap sw 0 0"',
}
_GRUB = {
    'plain': 'grub-install --target=i386-pc /dev/sdb',
    'lvm': 'grub-install --target=i386-pc /dev/sdb',
    'uefi': 'grub-install --target=x86_64-efi --efi-directory=/boot/efi --no-nvram; '
            'grub-install --target=x86_64-efi --efi-directory=/boot/efi --removable --no-nvram',
}
_FINISH = r'''
{ %(fstab)s; echo "UUID=$(uuid /dev/sdc1) /srv/data ext4 defaults 0 2"; } > /mnt/etc/fstab
for part in dev proc sys run; do mount --rbind /$part /mnt/$part; done
cat > /mnt/tmp/inside <<'LAB_EOF'
set -eu
%(grub)s
update-grub
rm -f /boot/grub/device.map
systemctl disable apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
  dpkg-db-backup.timer man-db.timer 2>/dev/null || true
set +eu
%(setup)s
true
LAB_EOF
chroot /mnt sh /tmp/inside
rm /mnt/tmp/inside
sync
'''


def script(guest):
    """What the first boot runs as root."""
    return _PREPARE + _PARTITION[guest.layout] + _COPY + _FINISH % {
        'fstab': _FSTAB[guest.layout], 'grub': _GRUB[guest.layout], 'setup': guest.setup}
