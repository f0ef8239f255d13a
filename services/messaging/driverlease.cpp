// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/driverlease.h"

#include "services/base/clock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds duration = 15s;
constexpr std::chrono::seconds renewEvery = 5s;

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

QString DriverLease::holder() const
{
    return hasRunOut() ? QString() : m_seenHolder;
}

bool DriverLease::hasRunOut() const
{
    return m_clock.monotonic() - m_seenAt > duration;
}

QJsonObject DriverLease::manifest(const QString &holder) const
{
    // MicroTime: six digits after the point
    const QString now = m_clock.now().toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss.zzz")) + text("000Z");
    return {{text("apiVersion"), text("coordination.k8s.io/v1")}, {text("kind"), text("Lease")},
        {text("metadata"),
            QJsonObject{{text("name"), text(RuntimeNames::lease)}, {text("namespace"), m_nameSpace},
                {text("labels"), RuntimeNames::labels()}}},
        {text("spec"),
            QJsonObject{{text("holderIdentity"), holder}, {text("leaseDurationSeconds"), int(duration.count())},
                {text("renewTime"), now}}}};
}

void DriverLease::noteSeen(const QJsonObject &lease)
{
    const QJsonObject spec = lease[text("spec")].toObject();
    const QString renewal = spec[text("renewTime")].toString();
    const QString holder = spec[text("holderIdentity")].toString();
    if (renewal != m_seenRenewal || holder != m_seenHolder)
        m_seenAt = m_clock.monotonic();
    m_seenRenewal = renewal;
    m_seenHolder = holder;
}

Flow<bool> DriverLease::acquire()
{
    const ObjectRef ref = ObjectRef::of(manifest(m_holder));
    auto current = co_await m_client.read(ref);
    if (!current && current.error().kind != Error::Kind::NotFound)
        co_return fail(current.error());
    if (!current) {
        const QJsonObject fresh = manifest(m_holder);
        auto created = co_await m_client.create(fresh);
        if (!created && created.error().kind == Error::Kind::Conflict)
            co_return false;
        if (!created)
            co_return fail(created.error());
        noteSeen(*created);
    } else {
        noteSeen(*current);
        if (m_seenHolder != m_holder && !m_seenHolder.isEmpty() && !hasRunOut())
            co_return false;
        auto written = co_await write(*current);
        if (!written || !*written)
            co_return written;
    }
    m_isHeld = true;
    m_renewedAt = m_clock.monotonic();
    m_renewal = renewForever();
    co_return true;
}

Flow<bool> DriverLease::write(QJsonObject current)
{
    // With the resourceVersion that was read: whoever is second is refused.
    QJsonObject next = manifest(m_holder);
    QJsonObject metadata = next[text("metadata")].toObject();
    metadata[text("resourceVersion")] = current[text("metadata")][text("resourceVersion")];
    next[text("metadata")] = metadata;
    auto replaced = co_await m_client.replace(next);
    if (!replaced && (replaced.error().kind == Error::Kind::Conflict || replaced.error().kind == Error::Kind::NotFound))
        co_return false;
    if (!replaced)
        co_return fail(replaced.error());
    noteSeen(*replaced);
    co_return true;
}

Flow<void> DriverLease::renewForever()
{
    while (m_isHeld) {
        co_await m_clock.sleep(renewEvery);
        const ObjectRef ref = ObjectRef::of(manifest(m_holder));
        auto current = co_await m_client.read(ref);
        const bool isOurs = current && (*current)[text("spec")][text("holderIdentity")].toString() == m_holder;
        if (isOurs) {
            auto written = co_await write(*current);
            if (written && *written)
                m_renewedAt = m_clock.monotonic();
        }
        const bool isTaken = current ? !isOurs : current.error().kind == Error::Kind::NotFound;
        if (isTaken || m_clock.monotonic() - m_renewedAt > duration) {
            m_isHeld = false;
            Q_EMIT lost();
        }
    }
    co_return Result<void>();
}

void DriverLease::release()
{
    if (!m_isHeld)
        return;
    m_isHeld = false;
    m_renewal = {};
    m_farewell = m_client.patch(ObjectRef::of(manifest(m_holder)),
        QJsonObject{{text("spec"), QJsonObject{{text("holderIdentity"), QString()}}}});
}
