// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/transportplugin.h"
#include "services/network/logins.h"
#include "services/network/networktransport.h"

#include <QObject>

/// services/network as the program loads it. Tests link it instead.
class NetworkModule final : public QObject, public TransportPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID PENNANT_TRANSPORT_PLUGIN)
    Q_INTERFACES(TransportPlugin)

public:
    Result<std::unique_ptr<KubernetesTransport>> create(const ClusterAccess &access) override
    {
        return NetworkTransport::create(access, {}, m_logins);
    }

private:
    std::shared_ptr<Logins> m_logins = std::make_shared<Logins>();
};

#include "networkmodule.moc"
