// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeaccess.h"

#include "services/messaging/runtimepermissions.h"
#include "services/messaging/runtimeservice.h"

RuntimeAccess RuntimeAccess::unknown()
{
    const Access asking = Access::no(RuntimeService::tr("Asking the cluster what you may do."));
    return {asking, asking, asking, asking, asking, asking, asking, asking};
}

RuntimeAccessReview::RuntimeAccessReview(QString nameSpace)
    : m_nameSpace(std::move(nameSpace))
{
}

QList<Permission> RuntimeAccessReview::allButViewing() const
{
    QList<Permission> all;
    for (const auto &list : {RuntimePermissions::toInspect(m_nameSpace), RuntimePermissions::toEdit(m_nameSpace),
             RuntimePermissions::toWrite(m_nameSpace), RuntimePermissions::toDelete(m_nameSpace),
             RuntimePermissions::toReveal(m_nameSpace), RuntimePermissions::toManageAccounts(m_nameSpace)}) {
        for (const Permission &each : list) {
            if (!all.contains(each))
                all.append(each);
        }
    }
    return all;
}

RuntimeAccess RuntimeAccessReview::judged(const QList<Permission> &missing, const QString &user) const
{
    using namespace RuntimePermissions;
    return {verdict(toView(m_nameSpace), missing), verdict(toInspect(m_nameSpace), missing),
        verdict(toReach(m_nameSpace), missing), verdict(toEdit(m_nameSpace), missing),
        verdict(toWrite(m_nameSpace), missing), verdict(toDelete(m_nameSpace), missing),
        verdict(toReveal(m_nameSpace), missing), verdict(toManageAccounts(m_nameSpace), missing), user};
}
