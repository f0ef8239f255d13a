// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/driverlease.h"

#include "services/base/clock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds heldFor = 10s; // of the 15 s: the rest is for what is under way then
constexpr std::chrono::milliseconds renewEvery = 3s;
constexpr std::chrono::milliseconds renewalLimit = 5s; // of one that hangs; leaves time for another
constexpr std::chrono::milliseconds glanceEvery = 1s;
constexpr std::chrono::milliseconds farewellGlance = 10ms;

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

DriverLease::DriverLease(KubernetesClient &client, Clock &clock, QString nameSpace, QString holder, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(clock)
    , m_nameSpace(std::move(nameSpace))
    , m_holder(std::move(holder))
{
}

ObjectRef DriverLease::ref() const
{
    return {text("coordination.k8s.io/v1"), text("Lease"), m_nameSpace, text(RuntimeNames::lease)};
}

bool DriverLease::isHeld() const
{
    return m_isHeld && m_clock.monotonic() < heldUntil();
}

std::chrono::milliseconds DriverLease::heldUntil() const
{
    return m_renewedAt + heldFor;
}

std::chrono::milliseconds DriverLease::left() const
{
    const auto left = m_renewedAt + LeaseSighting::duration - m_clock.monotonic();
    return m_isHeld ? std::max(left, std::chrono::milliseconds(0)) : 0ms;
}

QJsonObject DriverLease::manifest(const QString &holder) const
{
    // MicroTime: six digits after the point
    const QString now = m_clock.now().toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss.zzz")) + text("000Z");
    QJsonObject metadata{{text("name"), text(RuntimeNames::lease)}, {text("namespace"), m_nameSpace},
        {text("labels"), RuntimeNames::labels()}};
    if (!m_seen.uid().isEmpty()) {
        metadata[text("resourceVersion")] = m_seen.resourceVersion();
        // Without it a PUT makes a Lease that was deleted anew: of Leases the API server allows that.
        metadata[text("uid")] = m_seen.uid();
    }
    return {{text("apiVersion"), text("coordination.k8s.io/v1")}, {text("kind"), text("Lease")},
        {text("metadata"), metadata},
        {text("spec"),
            QJsonObject{{text("holderIdentity"), holder},
                {text("leaseDurationSeconds"), int(LeaseSighting::duration.count())}, {text("renewTime"), now}}}};
}

Flow<bool> DriverLease::acquire(QString driver)
{
    if (isHeld() && m_keeping.isRunning())
        co_return true;
    // read before that was written, it would be found changed a moment later
    while (isSayingFarewell())
        co_await m_clock.sleep(farewellGlance);
    const ObjectRef lease = ref();
    auto current = co_await m_client.read(lease);
    if (!current && current.error().kind != Error::Kind::NotFound)
        co_return fail(current.error());
    note(current, driver == m_holder ? QString() : driver);
    const QString holder = m_seen.holderAt(m_clock.monotonic());
    if (!holder.isEmpty() && holder != m_holder)
        co_return false;
    auto written = co_await write();
    if (!written || !*written)
        co_return written;
    m_isHeld = true;
    if (!isHeld()) {
        release();
        co_return false;
    }
    m_renewal = {};
    m_keeping = keep();
    co_return true;
}

void DriverLease::note(const Result<QJsonObject> &current, const QString &driver)
{
    if (current)
        m_seen.note(*current, m_clock.monotonic());
    else
        m_seen.noteGone(driver, m_clock.monotonic());
}

Flow<bool> DriverLease::write()
{
    const auto askedAt = m_clock.monotonic();
    m_askedAt = askedAt;
    const QJsonObject next = manifest(m_holder);
    Pending<QJsonObject> writing = m_seen.uid().isEmpty() ? m_client.create(next) : m_client.replace(next);
    auto written = co_await writing;
    if (!written && (written.error().kind == Error::Kind::Conflict || written.error().kind == Error::Kind::NotFound))
        co_return false;
    if (!written)
        co_return fail(written.error());
    m_seen.note(*written, m_clock.monotonic());
    m_renewedAt = askedAt;
    co_return true;
}

Flow<void> DriverLease::keep()
{
    // In small steps: a timer stands still while the machine sleeps, the Lease does not.
    while (isHeld()) {
        if (m_clock.monotonic() >= renewalDueAt())
            m_renewal = renew();
        const auto next = std::min(heldUntil(), renewalDueAt()) - m_clock.monotonic();
        co_await m_clock.sleep(std::clamp(next, 0ms, glanceEvery));
    }
    lose();
    co_return Result<void>();
}

std::chrono::milliseconds DriverLease::renewalDueAt() const
{
    return m_askedAt + (m_renewal.isRunning() ? renewalLimit : renewEvery);
}

Flow<void> DriverLease::renew()
{
    auto written = co_await write();
    if (!written || *written)
        co_return Result<void>();
    // Somebody has written it since it was last seen: this program too, where the answer to that never came.
    const ObjectRef lease = ref();
    auto current = co_await m_client.read(lease);
    if (!current && current.error().kind != Error::Kind::NotFound)
        co_return Result<void>();
    note(current);
    if (current && m_seen.holder() == m_holder)
        co_await write();
    else
        lose();
    co_return Result<void>();
}

void DriverLease::lose()
{
    if (!std::exchange(m_isHeld, false))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!m_isHeld)
                Q_EMIT lost();
        },
        Qt::QueuedConnection);
}

void DriverLease::stopRenewing()
{
    m_keeping = {};
    m_renewal = {};
}

void DriverLease::release()
{
    if (!std::exchange(m_isHeld, false))
        return;
    stopRenewing();
    m_farewell = m_client.replace(manifest(QString()));
}

Preconditions DriverLease::retire()
{
    stopRenewing();
    return {m_seen.uid(), {}};
}
