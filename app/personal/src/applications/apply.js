// What is typed stays through a reload; a file shows how far it is; without a network nothing is lost.
{
  // One for each vacancy, in whichever language its form is read.
  const key = `apply ${location.pathname.split('/').pop()}`;
  const fields = (form) => [...form.elements].filter((field) => field.name && !/^(file|submit|hidden)$/.test(field.type));
  // An answer belongs to its question, wherever that stands when the page comes again.
  const called = (form, { name }) => (/^answer-/.test(name) ? form.elements[name.replace('answer', 'question')].value : name);
  const keep = (form) =>
    sessionStorage.setItem(key, JSON.stringify(fields(form).map((field) => [called(form, field), field.type === 'checkbox' ? field.checked : field.value])));
  const restore = (form) => {
    const kept = new Map(JSON.parse(sessionStorage.getItem(key) ?? '[]'));
    for (const field of fields(form)) {
      const value = kept.get(called(form, field));
      if (value === undefined) continue;
      // What was typed last is newer than what the server has; an empty field takes what the server knows.
      if (field.type === 'checkbox') field.checked = value;
      else field.value = value || field.value;
    }
  };
  const start = (form) => {
    const says = (text) => (form.querySelector('#sending').textContent = text);
    const cv = form.elements.cv;
    restore(form);
    form.addEventListener('input', () => keep(form));
    cv.addEventListener('change', () => {
      cv.setCustomValidity(cv.files[0]?.size > 5 * 1024 * 1024 ? form.dataset.tooLarge : '');
      cv.reportValidity();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!cv.checkValidity()) return cv.reportValidity();
      const ask = new XMLHttpRequest();
      const body = new FormData(form, event.submitter);
      const buttons = [...form.querySelectorAll('button')];
      const wait = (is) => buttons.forEach((button) => (button.disabled = is));
      ask.open('POST', location.pathname);
      ask.upload.onprogress = ({ loaded, total }) => says(`${form.dataset.sending} ${Math.floor((loaded / total) * 100)}%`);
      ask.onerror = () => (wait(false), says(form.dataset.offline));
      ask.onload = () => {
        // Only what this page shows anew: styles and scripts of the answer are not for this page. (This script stands before it.)
        const text = ask.responseText;
        const page = new DOMParser().parseFromString(text.slice(text.lastIndexOf('<main'), text.lastIndexOf('</main>') + 7), 'text/html');
        const again = page.querySelector('#apply');
        if (ask.status !== 422 || !again) {
          if (ask.status < 400) sessionStorage.removeItem(key);
          if (ask.status < 400 && ask.responseURL) return location.assign(ask.responseURL);
          wait(false);
          return says(page.querySelector('main')?.textContent.trim() ?? ask.statusText);
        }
        document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')));
        start(document.querySelector('#apply'));
        const notice = document.querySelector('main [role=alert]');
        notice.tabIndex = -1;
        notice.focus();
      };
      says(form.dataset.sending);
      wait(true);
      ask.send(body);
    });
  };
  const begin = () => start(document.querySelector('#apply'));
  document.readyState === 'loading' ? addEventListener('DOMContentLoaded', begin) : begin();
}
