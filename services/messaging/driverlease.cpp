// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/driverlease.h"

#include "services/base/clock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds renewEvery = 5s;
constexpr std::chrono::milliseconds glanceEvery = 1s;

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

bool DriverLease::isHeld() const
{
    return m_isHeld && m_clock.monotonic() < m_renewedAt + LeaseSighting::duration;
}

QJsonObject DriverLease::manifest(const QString &holder) const
{
    // MicroTime: six digits after the point
    const QString now = m_clock.now().toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss.zzz")) + text("000Z");
    QJsonObject metadata{{text("name"), text(RuntimeNames::lease)}, {text("namespace"), m_nameSpace},
        {text("labels"), RuntimeNames::labels()}};
    if (!m_seen.resourceVersion().isEmpty())
        metadata[text("resourceVersion")] = m_seen.resourceVersion();
    return {{text("apiVersion"), text("coordination.k8s.io/v1")}, {text("kind"), text("Lease")},
        {text("metadata"), metadata},
        {text("spec"),
            QJsonObject{{text("holderIdentity"), holder},
                {text("leaseDurationSeconds"), int(LeaseSighting::duration.count())}, {text("renewTime"), now}}}};
}

Flow<bool> DriverLease::acquire()
{
    const ObjectRef ref = ObjectRef::of(manifest(m_holder));
    auto current = co_await m_client.read(ref);
    if (!current && current.error().kind != Error::Kind::NotFound)
        co_return fail(current.error());
    const QJsonObject seen = current ? *current : QJsonObject();
    m_seen.note(seen, m_clock.monotonic());
    const QString holder = m_seen.holderAt(m_clock.monotonic());
    if (!holder.isEmpty() && holder != m_holder)
        co_return false;
    const auto askedAt = m_clock.monotonic();
    auto written = co_await write();
    if (!written || !*written)
        co_return written;
    m_isHeld = true;
    m_renewedAt = askedAt;
    m_renewal = {};
    m_renewing = renewForever();
    m_end = awaitEnd();
    co_return isHeld();
}

Flow<bool> DriverLease::write()
{
    const bool isNew = m_seen.resourceVersion().isEmpty();
    const QJsonObject next = manifest(m_holder);
    Pending<QJsonObject> writing = isNew ? m_client.create(next) : m_client.replace(next);
    auto written = co_await writing;
    if (!written && (written.error().kind == Error::Kind::Conflict || written.error().kind == Error::Kind::NotFound))
        co_return false;
    if (!written)
        co_return fail(written.error());
    m_seen.note(*written, m_clock.monotonic());
    co_return true;
}

Flow<void> DriverLease::renewForever()
{
    while (m_isHeld) {
        co_await m_clock.sleep(renewEvery);
        // One that still waits for its answer is given up for the next.
        if (m_isHeld)
            m_renewal = renew();
    }
    co_return Result<void>();
}

Flow<void> DriverLease::renew()
{
    const ObjectRef ref = ObjectRef::of(manifest(m_holder));
    auto current = co_await m_client.read(ref);
    if (!m_isHeld || (!current && current.error().kind != Error::Kind::NotFound))
        co_return Result<void>();
    const QJsonObject seen = current ? *current : QJsonObject();
    m_seen.note(seen, m_clock.monotonic());
    if (m_seen.holder() != m_holder) {
        lose();
        co_return Result<void>();
    }
    const auto askedAt = m_clock.monotonic();
    auto written = co_await write();
    if (written && *written)
        m_renewedAt = askedAt;
    co_return Result<void>();
}

Flow<void> DriverLease::awaitEnd()
{
    // In small steps: a timer stands still while the machine sleeps, the Lease does not.
    while (isHeld()) {
        const auto left = m_renewedAt + LeaseSighting::duration - m_clock.monotonic();
        co_await m_clock.sleep(std::min(left, glanceEvery));
    }
    lose();
    co_return Result<void>();
}

void DriverLease::lose()
{
    if (std::exchange(m_isHeld, false))
        Q_EMIT lost();
}

void DriverLease::release()
{
    if (!std::exchange(m_isHeld, false))
        return;
    m_renewing = {};
    m_renewal = {};
    m_end = {};
    m_farewell = m_client.replace(manifest(QString()));
}
