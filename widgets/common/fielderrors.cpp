// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fielderrors.h"

#include "widgets/common/field.h"

#include <algorithm>

void FieldErrorDoor::addField(const QString &name, Field *field)
{
    m_names.append(name);
    m_fields.insert(name, field);
    connect(field, &Field::left, this, [this, name] { noteTouched(name); });
}

void FieldErrorDoor::setFound(const FieldErrors &errors)
{
    m_found = errors;
    renew();
}

void FieldErrorDoor::setServerErrors(const FieldErrors &errors)
{
    m_fromServer = errors;
    renew();
    showWholeErrors();
}

void FieldErrorDoor::noteEdited(const QString &name)
{
    m_fromServer.removeIf([&name](const FieldError &error) { return error.field == name; });
    renew();
}

void FieldErrorDoor::noteTouched(const QString &name)
{
    m_touched.insert(name);
    renew();
}

void FieldErrorDoor::showAll()
{
    m_isAllShown = true;
    renew();
    showWholeErrors();
}

void FieldErrorDoor::reset()
{
    m_isAllShown = false;
    m_touched.clear();
    m_fromServer.clear();
    renew();
}

Field *FieldErrorDoor::firstWrong() const
{
    const auto wrong = std::find_if(
        m_names.cbegin(), m_names.cend(), [this](const QString &name) { return m_fields.value(name)->hasError(); });
    return wrong == m_names.cend() ? nullptr : m_fields.value(*wrong);
}

void FieldErrorDoor::focusFirstWrong() const
{
    if (const Field *wrong = firstWrong())
        wrong->control()->setFocus(Qt::OtherFocusReason);
}

FieldErrors FieldErrorDoor::unplaced(const FieldErrors &errors) const
{
    FieldErrors strangers = errors;
    strangers.removeIf([this](const FieldError &error) { return m_fields.contains(error.field); });
    return strangers;
}

/// What was asked for or came from elsewhere was not typed just now.
void FieldErrorDoor::showWholeErrors()
{
    for (const QString &name : std::as_const(m_names))
        m_fields.value(name)->showWholeError();
}

void FieldErrorDoor::renew()
{
    for (const QString &name : std::as_const(m_names))
        m_fields.value(name)->setError(errorOf(name));
}

QString FieldErrorDoor::errorOf(const QString &name) const
{
    const auto isAbout = [&name](const FieldError &error) { return error.field == name; };
    const auto told = std::find_if(m_fromServer.cbegin(), m_fromServer.cend(), isAbout);
    if (told != m_fromServer.cend())
        return told->message;
    if (!m_isAllShown && !m_touched.contains(name))
        return {};
    const auto found = std::find_if(m_found.cbegin(), m_found.cend(), isAbout);
    return found == m_found.cend() ? QString() : found->message;
}
