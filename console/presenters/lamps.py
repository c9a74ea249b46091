"""Top bar: who sits here, and five lamps that say in plain words whether it works."""

from __future__ import annotations

from datetime import datetime

from console.contract.desk_api import Role
from console.domain.clock import SHANGHAI
from console.presenters.desk import Desk, clock_words, is_trainer
from console.presenters.words import tr
from console.store.changes import Changes
from console.store.selectors import outbox_alarms, outbox_count
from console.usecases.facts import ConnectionStage, KeyPlace, LinkState
from widgets.lamp import LampState
from widgets.top_bar import TopBar, TopBarState

CLOCK_WARN_MS = 2_000
"""A larger offset between desk and service is said by the lamp (interface.md 6)."""

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def top_bar_state(desk: Desk, now: datetime) -> TopBarState:
    """Return the whole top bar as it should be shown at ``now`` (UTC, the service's clock)."""
    session = desk.session
    local = now.astimezone(SHANGHAI)
    return TopBarState(
        training=session.training,
        post=_post(session.user.roles),
        person=f"{session.user.name} {session.user.number}",
        seat=tr("{seat} 席").format(seat=session.seat),
        date=tr("{month}月{day}日 {weekday}").format(
            month=local.month, day=local.day, weekday=tr(_WEEKDAYS[local.weekday()])
        ),
        clock=clock_words(now),
        lamps=lamps(desk),
    )


def _post(roles: tuple[Role, ...]) -> str:
    """What the person sits here as; who takes no calls is no call-taker."""
    if is_trainer(roles):
        return tr("教员")
    if Role.SUPERVISOR in roles and Role.CALL_TAKER not in roles:
        return tr("主管")
    return tr("接警岗 + 定责岗") if Role.RULING_OFFICER in roles else tr("接警岗")


def lamps(desk: Desk) -> tuple[LampState, ...]:
    """Return the five lamps in their fixed order."""
    return (_service(desk), _media(desk), _outbox(desk), _clock(desk), _keyring(desk))


def _service(desk: Desk) -> LampState:
    link = desk.store.service_link
    if link is None or link.state is LinkState.CONNECTING:
        return LampState("service", tr("服务"), tr("正在连接"), "unknown", "server", tr("正在连接服务。"))
    if link.state is LinkState.ONLINE:
        line = tr("服务在线。列表和证据随时更新。")
        return LampState("service", tr("服务"), tr("在线"), "ok", "server", line)
    since = clock_words(link.since)[:5]
    line = tr("连不上服务。已接的案件可以继续,写下的都在本机,恢复后自动续传。")
    return LampState("service", tr("服务"), f"{tr('离线')} {since}", "bad", "server", line)


def _media(desk: Desk) -> LampState:
    link, devices = desk.store.media_link, desk.store.devices
    word = tr("媒体")
    if link is None or link.state is not LinkState.ONLINE:
        line = tr("媒体程序正在启动。案件和证据不受影响。")
        return LampState("media", word, tr("正在启动"), "warn", "video", line)
    call = desk.own_call()
    connection = desk.store.connections.get(call.id) if call else None
    if connection is not None and connection.stage in {ConnectionStage.STALE, ConnectionStage.REOFFERED}:
        line = tr("画面断了,正在同一案件里重新连接,不用挂断。")
        return LampState("media", word, f"{tr('重连')} {connection.attempt}", "warn", "video-off", line)
    if devices is not None and (devices.microphone is None or devices.speaker is None):
        line = tr("这台机器没有话筒或喇叭。画面照常,声音用电话。")
        return LampState("media", word, tr("没有声音设备"), "warn", "mic-off", line)
    value = tr("通话中") if connection and connection.stage is ConnectionStage.LIVE else tr("就绪")
    return LampState("media", word, value, "ok", "video", tr("画面和声音正常。"))


def _outbox(desk: Desk) -> LampState:
    word, waiting = tr("发件箱"), outbox_count(desk.store)
    alarms = outbox_alarms(desk.store)
    if alarms:
        line = tr("有证据被退回或摘要不符,原件在本机保留。请到证据清单查看。")
        return LampState("outbox", word, f"{len(alarms)} {tr('项要看')}", "bad", "cloud-upload", line)
    if waiting:
        line = tr("这些证据已存本机,正在上传;全部核对前请不要关机。")
        return LampState("outbox", word, f"{waiting} {tr('待发')}", "warn", "cloud-upload", line)
    return LampState("outbox", word, f"0 {tr('待发')}", "ok", "cloud-upload", tr("证据都已由服务器核对。"))


def _clock(desk: Desk) -> LampState:
    word, clock = tr("对时"), desk.store.clock
    if clock is None:
        return LampState("clock", word, "—", "unknown", "clock", tr("还没有与服务器对时。"))
    value = f"{clock.offset_ms / 1000:+.1f} s"
    if abs(clock.offset_ms) > CLOCK_WARN_MS:
        line = tr("本机钟差超过 2 秒,已改用服务器时间,偏差记入证据。")
        return LampState("clock", word, value, "warn", "clock-alert", line)
    return LampState("clock", word, value, "ok", "clock", tr("与服务器时间一致。"))


def _keyring(desk: Desk) -> LampState:
    word, secrets = tr("密钥环"), desk.store.secrets
    if secrets is None:
        return LampState("keyring", word, "—", "unknown", "key-round", tr("还没有用到密钥环。"))
    if secrets.token is KeyPlace.KEYRING and secrets.vault_key is KeyPlace.KEYRING:
        return LampState("keyring", word, tr("已解锁"), "ok", "key-round", tr("登录和证据密钥在密钥环里。"))
    line = tr("这台机器没有可用的密钥环:登录只记在内存,重启后要再登录;证据密钥在只有您能读的文件里。")
    return LampState("keyring", word, tr("不可用"), "warn", "key-round", line)


class LampsPresenter:
    """Keeps the top bar true."""

    def __init__(self, desk: Desk, bar: TopBar) -> None:
        self._desk = desk
        self._bar = bar

    def refresh(self, changes: Changes) -> None:
        """Show new lamps at once."""
        if changes.lamps or changes.session or changes.connections:
            self.tick(self._desk.service_now())

    def tick(self, now: datetime) -> None:
        """Move the clock on."""
        self._bar.set_state(top_bar_state(self._desk, now))
