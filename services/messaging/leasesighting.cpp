// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/leasesighting.h"

#include <algorithm>
#include <utility>

namespace {

std::chrono::seconds durationIn(const QJsonObject &spec)
{
    const std::chrono::seconds said(spec[QLatin1String("leaseDurationSeconds")].toInt());
    return said.count() > 0 ? std::min(said, LeaseSighting::longestDuration) : LeaseSighting::duration;
}

} // namespace

void LeaseSighting::note(const QJsonObject &lease, std::chrono::milliseconds now)
{
    const QJsonObject spec = lease[QLatin1String("spec")].toObject();
    const QString holder = spec[QLatin1String("holderIdentity")].toString();
    const QString renewal = spec[QLatin1String("renewTime")].toString();
    const bool hasLooked = std::exchange(m_hasLooked, true);
    if (holder != m_holder || renewal != m_renewal) {
        m_seenAt = now;
        m_isHeardOf = hasLooked;
    }
    m_isMissed = false;
    m_duration = durationIn(spec);
    m_holder = holder;
    m_renewal = renewal;
    const QJsonObject metadata = lease[QLatin1String("metadata")].toObject();
    m_resourceVersion = metadata[QLatin1String("resourceVersion")].toString();
    m_uid = metadata[QLatin1String("uid")].toString();
}

void LeaseSighting::noteGone(const QString &driver, std::chrono::milliseconds now)
{
    m_resourceVersion.clear();
    m_uid.clear();
    if (driver.isEmpty() || (m_isMissed && driver == m_holder))
        return;
    m_isMissed = true;
    m_holder = driver;
    m_renewal.clear();
    m_duration = duration;
    m_seenAt = now;
}
